-- SPDX-License-Identifier: Apache-2.0
-- id: data_encoder_exec
-- version: 1
-- title: Text was encoded or decoded in a way that hides it
-- description: >-
--   A program that codes text (base64 and the like) fed an interpreter what it decoded, coded the same text twice, or is one
--   that hardly anybody uses today.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005, TA0011]
--   techniques: [T1027, T1140, T1132.001]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1027/
--   - https://attack.mitre.org/techniques/T1140/
--   - https://attack.mitre.org/techniques/T1132/001/
-- false_positives:
--   - A script that unpacks itself, such as an installer made by shar or one whose author wanted a single file.
--   - A mail or archive tool that still uses uuencode.
--   - An agreed security test.
WITH
  coders AS (
    SELECT
      e.exec_id,
      e.process_id,
      e.boot_id,
      e.pid,
      e.ppid,
      e.start_boot_ns,
      e.parent_exe,
      t.name,
      t.purpose,
      t.rare,
      t.decoding = 'always' OR (t.decoding <> 'never' AND any_matches(e.argv, t.decoding)) AS decodes,
      known_as(t.name, e.exe, e.filename) AS known
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), data_encoders AS t
    WHERE t.name = n.name
      -- openssl does much else.
      AND (
        t.name <> 'openssl'
        OR arg(e.argv, 2) = 'base64'
        OR (arg(e.argv, 2) = 'enc' AND (has_arg(e.argv, '-d') OR has_arg(e.argv, '-a') OR has_arg(e.argv, '-base64'))))
  ),
  -- Interpreters that read their program from standard input.
  readers AS (
    SELECT e.boot_id, e.pid, e.ppid, e.start_boot_ns, min(e.exe) AS exe
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name)
    WHERE (
        n.name IN (SELECT name FROM shells)
        OR matches(n.name, '^(python|pypy|perl|ruby|node|nodejs|php|lua|luajit)[0-9.]*$'))
      AND (
        e.argc = 1
        OR arg(e.argv, 2) IN ('-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0')
        OR matches(arg(e.argv, 2), '^-[a-zA-Z]*s$')
        OR (e.argc = 2 AND (arg(e.argv, 2) = n.name OR matches(arg(e.argv, 2), '^[-+][a-zA-Z-]+$'))))
    GROUP BY e.boot_id, e.pid, e.ppid, e.start_boot_ns, e.boot_ns
  ),
  hits AS (
    -- Members of one pipeline have one parent, which starts them from left to right, the next before the one before has
    -- ended. Where its end is not known, 50 ms have to do.
    SELECT
      d.exec_id,
      1 AS place,
      'high' AS severity,
      'What ' || d.name || ' decoded was fed to the interpreter ' || r.exe || ': ' || d.known || '.' AS reason
    FROM coders AS d
    JOIN readers AS r
      ON r.boot_id = d.boot_id
        AND r.ppid = d.ppid
        AND r.pid <> d.pid
        AND r.start_boot_ns - d.start_boot_ns BETWEEN 0 AND 1000000000
    LEFT JOIN exits AS x ON x.exec_id = d.exec_id AND x.process_id = d.process_id
    WHERE d.decodes AND r.start_boot_ns < coalesce(x.boot_ns, d.start_boot_ns + 50000000)
    UNION ALL
    -- The second one began before the first had ended, so it is no later command of the same script.
    SELECT
      b.exec_id,
      2 AS place,
      'high' AS severity,
      'The same text was ' || CASE WHEN b.decodes THEN 'decoded' ELSE 'encoded' END || ' twice, by ' || a.name || ' and '
        || b.name || ' in one pipeline: ' || b.known || '.' AS reason
    FROM coders AS b
    JOIN coders AS a
      ON a.boot_id = b.boot_id AND a.ppid = b.ppid AND a.process_id <> b.process_id AND a.decodes = b.decodes
    JOIN exits AS x ON x.exec_id = a.exec_id AND x.process_id = a.process_id
    WHERE a.start_boot_ns < b.start_boot_ns
      AND b.start_boot_ns < x.boot_ns
      AND basename(b.parent_exe) IN (SELECT name FROM shells)
    UNION ALL
    SELECT
      exec_id,
      3 AS place,
      'medium' AS severity,
      'The uncommon coder ' || name || ' was executed, which ' || purpose || ': ' || known || '.' AS reason
    FROM coders
    WHERE rare = 'yes'
  )
SELECT exec_id, min_by(reason, place || reason) AS reason, min_by(severity, place) AS severity
FROM hits
GROUP BY exec_id
