-- SPDX-License-Identifier: Apache-2.0
-- id: exec_from_unusual_dir
-- version: 1
-- title: A program was executed from a place where no programs are
-- description: >-
--   The file that runs lies where the system keeps devices, locks, logs, documentation or settings, in shared memory, or
--   without any directory of its own in /tmp or /var/tmp.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005]
--   techniques: [T1564, T1036.005]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1564/
--   - https://attack.mitre.org/techniques/T1036/005/
--   - https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html
-- false_positives:
--   - Somebody downloads or compiles a tool straight into /tmp and runs it there.
--   - A distribution or a container engine that keeps programs below /run and is not on the list unusual_dirs.
WITH
  candidates AS (
    SELECT DISTINCT exec_id, exe AS path, 'program' AS kind
    FROM execs
    WHERE NOT coalesce(is_memfd, false)
      -- A hidden file or directory is another rule's finding.
      AND NOT has_substr(exe, '/.')
    UNION
    -- A script that was executed as a file: what runs is its interpreter.
    SELECT DISTINCT exec_id, filename AS path, 'script' AS kind
    FROM execs
    WHERE basename(filename) <> basename(exe)
      AND interp <> filename
  ),
  hits AS (
    SELECT
      c.exec_id,
      length(d.path) AS narrowness,
      CASE WHEN d.verdict = 'directly' THEN 'medium' ELSE 'high' END AS severity,
      'The ' || c.kind || ' ' || c.path || ' was executed. '
        || CASE
          WHEN d.verdict = 'directly' THEN 'It lies directly in ' || d.path || ', which is for ' || d.purpose || '.'
          ELSE d.path || ' is for ' || d.purpose || '.'
        END AS reason
    FROM candidates AS c
    JOIN unusual_dirs AS d ON starts(c.path, d.path)
    WHERE (c.kind = 'program' OR d.scripts = 'yes')
      AND (
        d.verdict = 'never'
        -- Builds, tests and installers make a directory there first, and run what they put into it.
        OR (d.verdict = 'directly' AND NOT has_substr(substr(c.path, length(d.path) + 1), '/')))
      AND NOT EXISTS (
        SELECT 1
        FROM unusual_dirs AS x
        WHERE x.verdict = 'excepted' AND (c.path = x.path OR (ends(x.path, '/') AND starts(c.path, x.path))))
  )
-- The narrowest place tells most.
SELECT exec_id, reason, severity
FROM (SELECT *, row_number() OVER (PARTITION BY exec_id ORDER BY narrowness DESC, reason) AS place FROM hits) AS h
WHERE place = 1
