-- SPDX-License-Identifier: Apache-2.0
-- id: webserver_shell_exec
-- version: 1
-- title: A web server started a shell
-- description: >-
--   A shell was executed below a web server or an application server: what a web shell, a command injection or a hole in
--   the application looks like from within.
-- severity: critical
-- status: test
-- attack:
--   tactics: [TA0002, TA0003, TA0001]
--   techniques: [T1059.004, T1505.003, T1190]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1505/003/
--   - https://attack.mitre.org/techniques/T1190/
--   - https://attack.mitre.org/techniques/T1059/004/
-- false_positives:
--   - An application that starts programs by a shell, such as one that converts pictures or documents.
--   - An application server that is the parent of a build, as Jenkins can be.
--   - The server's own scripts, where it keeps its service running itself.
WITH
  shell_execs AS (
    SELECT
      e.exec_id,
      min(array_position(e.program_names, s.name)) AS place,
      e.parent_exe,
      e.parent_argv,
      e.ancestors,
      e.filename,
      e.inline_code AS command
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), shells AS s
    WHERE s.name = n.name
    GROUP BY ALL
  ),
  -- Not what a server does all day: sending mail for PHP, rotating its log; and a script where packages install programs
  -- for web servers.
  suspects AS (
    SELECT *
    FROM shell_execs
    WHERE NOT matches(command, '^ *(exec +)?(/usr)?/s?bin/(rotatelogs|cronolog)( [A-Za-z0-9%@:=./_-]+)* *$')
      AND NOT matches(command, '^ *(/usr)?/(s?bin|lib)/sendmail( +-(t|i|bs|oi|f *[A-Za-z0-9._@+-]+))* *$')
      AND NOT matches(filename, '^/usr/lib/cgi-bin/[^/]+$')
  ),
  -- Every name by which a program above the shell may be known. Arguments are known of the parent alone.
  above AS (
    SELECT exec_id, file_name(a.exe) AS name, NULL AS language, 2 AS distance
    FROM suspects, LATERAL explode(ancestor_exes(ancestors)) AS a(exe)
    UNION ALL
    SELECT exec_id, unversioned(file_name(a.exe)) AS name, NULL AS language, 2 AS distance
    FROM suspects, LATERAL explode(ancestor_exes(ancestors)) AS a(exe)
    UNION ALL
    SELECT exec_id, file_name(parent_exe) AS name, NULL AS language, 1 AS distance
    FROM suspects
    UNION ALL
    SELECT exec_id, unversioned(file_name(parent_exe)) AS name, NULL AS language, 1 AS distance
    FROM suspects
    UNION ALL
    -- The applet of a parent that is many programs in one.
    SELECT exec_id, arg(parent_argv, 2) AS name, NULL AS language, 1 AS distance
    FROM suspects
    WHERE file_name(parent_exe) IN ('busybox', 'toybox')
    UNION ALL
    SELECT exec_id, basename(arg(parent_argv, 1)) AS name, NULL AS language, 1 AS distance
    FROM suspects
    WHERE file_name(parent_exe) IN ('busybox', 'toybox')
    UNION ALL
    -- The script or the module that the parent's interpreter runs; of Java the main class, which may stand anywhere.
    SELECT s.exec_id, basename(arg(s.parent_argv, 2)) AS name, i.tool AS language, 1 AS distance
    FROM suspects AS s
    JOIN interpreters AS i ON i.name = unversioned(file_name(s.parent_exe))
    UNION ALL
    SELECT s.exec_id, arg(s.parent_argv, 3) AS name, i.tool AS language, 1 AS distance
    FROM suspects AS s
    JOIN interpreters AS i ON i.name = unversioned(file_name(s.parent_exe))
    WHERE arg(s.parent_argv, 2) = '-m'
    UNION ALL
    SELECT s.exec_id, j.argument AS name, 'Java' AS language, 1 AS distance
    FROM suspects AS s, LATERAL explode(s.parent_argv) AS j(argument)
    WHERE file_name(s.parent_exe) = 'java'
  )
SELECT
  a.exec_id,
  min_by(
    'A shell runs below the web server ' || w.tool
      || CASE a.distance WHEN 1 THEN ', which started it.' ELSE ', through a program that the server started.' END,
    a.distance || w.tool) AS reason
FROM above AS a
JOIN web_servers AS w ON w.name = a.name AND w.language IS NOT DISTINCT FROM a.language
GROUP BY a.exec_id
