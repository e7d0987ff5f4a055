-- SPDX-License-Identifier: Apache-2.0
-- id: runc_suspicious_exec
-- version: 1
-- title: A container runtime was started past its managers
-- description: >-
--   runc, crun or another low-level container runtime was executed by a program that is none of those that manage
--   containers.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0002, TA0004]
--   techniques: [T1609, T1610, T1611]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1609/
--   - https://attack.mitre.org/techniques/T1610/
--   - https://attack.mitre.org/techniques/T1611/
-- false_positives:
--   - An administrator looks into a container by hand.
--   - A container engine that is not on the list container_managers.
--   - The test suite of a container engine.
WITH
  runs AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      e.argv,
      e.parent_exe,
      'The container runtime ' || t.tool || ' was executed by ' || e.parent_exe || ', which manages no containers: '
        || known_as(t.name, e.exe, e.filename) || '.' AS reason
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), container_runtimes AS t
    WHERE t.name = n.name
      AND e.parent_exe IS NOT NULL
  ),
  judged AS (
    SELECT
      r.exec_id,
      r.place,
      CASE
        WHEN argc(r.argv) <= 2 AND matches(coalesce(arg(r.argv, 2), '--help'), '^(-v|--version|version|-h|--help|help|features|spec)$')
          THEN 'informational'
        WHEN any_matches(r.argv, '^(run|exec|create|start|restore|update|kill|delete|pause|resume|checkpoint|init|do)$') THEN 'high'
        ELSE 'low'
      END AS severity,
      r.reason
    FROM runs AS r
    -- A name says nothing where everybody may write.
    LEFT JOIN container_managers AS m ON m.name = file_name(r.parent_exe) AND NOT in_temporary_dir(r.parent_exe)
    -- A runtime executes itself within the container it has made.
    LEFT JOIN container_runtimes AS s ON s.name = file_name(r.parent_exe) AND NOT in_temporary_dir(r.parent_exe)
    WHERE m.name IS NULL AND s.name IS NULL
  )
SELECT
  exec_id,
  min_by(
    reason
      || CASE severity
        WHEN 'informational' THEN ' It was only asked what it is.'
        WHEN 'low' THEN ' It was only asked about containers.'
        ELSE ''
      END,
    place) AS reason,
  min_by(severity, place) AS severity
FROM judged
GROUP BY exec_id
