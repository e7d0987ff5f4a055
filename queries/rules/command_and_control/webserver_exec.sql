-- SPDX-License-Identifier: Apache-2.0
-- id: webserver_exec
-- version: 2
-- title: A web server was started by hand
-- description: >-
--   A web server was executed by something else than what starts services: a shell, a script, a build.
-- severity: medium
-- status: test
-- attack:
--   tactics: [TA0011, TA0010]
--   techniques: [T1071.001, T1105, T1048]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1071/001/
--   - https://attack.mitre.org/techniques/T1105/
--   - https://attack.mitre.org/techniques/T1048/
-- false_positives:
--   - A test that needs a web server and lets it listen on all addresses.
--   - An entry script of a container in a CI job that starts the server without exec.
--   - An administrator tries a configuration by hand.
WITH
  -- Every name an execution is known by, as it is and without a version: php-fpm8.2.
  names AS (
    SELECT e.exec_id, e.program_names, n.name AS known, n.name AS name
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name)
    WHERE n.name IN (SELECT name FROM web_servers)
    UNION
    SELECT e.exec_id, e.program_names, n.name AS known, unversioned(n.name) AS name
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name)
    WHERE unversioned(n.name) IN (SELECT name FROM web_servers)
  ),
  servers AS (
    SELECT
      n.exec_id,
      array_position(n.program_names, n.known) AS place,
      w.control,
      'The web server ' || w.tool || ' was started: ' || known_as(n.known, e.exe, e.filename) || '. It ' || w.purpose || '.'
        AS reason
    FROM names AS n
    JOIN web_servers AS w ON w.name = n.name
    JOIN execs AS e ON e.exec_id = n.exec_id
    -- The name of a script or a module is meant only where its interpreter runs it.
    LEFT JOIN interpreters AS i ON i.name = unversioned(file_name(e.exe)) AND i.tool = w.language
    WHERE w.language IS NULL OR i.name IS NOT NULL
    UNION ALL
    -- Java's servers go by their main class.
    SELECT
      e.exec_id,
      9 AS place,
      w.control,
      'The web server ' || w.tool || ' was started: ' || e.exe || ' was given ' || w.name || '. It ' || w.purpose || '.' AS reason
    FROM execs AS e, LATERAL explode(e.argv) AS a(argument), web_servers AS w
    WHERE e.exe_name = 'java'
      AND w.name = a.argument
      AND w.language = 'Java'
    UNION ALL
    -- PHP is a web server with -S alone.
    SELECT
      exec_id,
      9 AS place,
      NULL AS control,
      'The web server of PHP was started: ' || exe || ' was told to serve (-S). It serves a directory and runs its PHP programs.'
        AS reason
    FROM execs
    WHERE unversioned(file_name(exe)) = 'php'
      AND any_matches(argv, '^-S')
  ),
  -- What starts services, and what starts containers where that is not a job's way to run its steps.
  starters AS (
    SELECT name, false AS container FROM service_managers
    UNION ALL
    SELECT name, true AS container FROM container_managers
    UNION ALL
    SELECT name, true AS container FROM container_runtimes
  ),
  stray AS (
    SELECT s.exec_id, s.place, s.reason
    FROM servers AS s
    JOIN execs AS k ON k.exec_id = s.exec_id
    -- The parent, or what started the script that is the parent.
    LEFT JOIN starters AS p ON p.name = file_name(k.parent_exe) AND NOT in_temporary_dir(k.parent_exe)
    LEFT JOIN starters AS g
      ON g.name = file_name(arg(ancestor_exes(k.ancestors), 2))
        AND NOT in_temporary_dir(arg(ancestor_exes(k.ancestors), 2))
        AND NOT (g.container AND coalesce(k.environment, '') = 'ci')
    LEFT JOIN shells AS h ON h.name = file_name(k.parent_exe)
    WHERE k.parent_exe IS NOT NULL
      AND p.name IS NULL
      AND (g.name IS NULL OR h.name IS NULL)
      -- A server that replaces itself, an init script, and the first process of a container.
      AND file_name(k.parent_exe) IS DISTINCT FROM file_name(k.exe)
      AND NOT any_like(k.parent_argv, '/etc/init.d/%')
      AND NOT (coalesce(k.ns_pid, 0) = 1 AND coalesce(k.environment, '') <> 'ci')
      -- What serves nothing: a check of the configuration, a version, a message to a server that runs.
      AND NOT EXISTS (
        SELECT 1
        FROM explode(k.argv) AS a(argument)
        WHERE a.argument <> '' AND has_substr('|' || s.control || '|', '|' || a.argument || '|'))
      -- Nobody else reaches what listens on the machine itself.
      AND NOT any_matches(k.argv, '^(-[a-zA-Z]|--[a-z-]+=)?([a-z]+://)?(127(\.[0-9]{1,3}){3}|localhost|\[?::1\]?)(:[0-9]+)?/?$')
  )
-- A server known by two names is one finding, told by the first.
SELECT exec_id, min_by(reason, place || reason) AS reason
FROM stray
GROUP BY exec_id
