-- SPDX-License-Identifier: Apache-2.0
-- id: password_brute_force
-- version: 1
-- title: A tool that guesses or cracks passwords was executed
-- description: >-
--   A program made to try passwords at a service, to recover them from stolen hashes, or to write what is to be tried, was
--   executed, under its own name, through a link, an interpreter or the dynamic loader.
-- severity: critical
-- status: test
-- attack:
--   tactics: [TA0006]
--   techniques: [T1110, T1110.001, T1110.002]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0006/
--   - https://attack.mitre.org/techniques/T1110/001/
--   - https://attack.mitre.org/techniques/T1110/002/
-- false_positives:
--   - An agreed security test, or an audit of the strength of the own passwords.
--   - Somebody recovers a password of his own, of an archive or a disk.
--   - A program of another kind with the same name, beyond the two that the rule tells apart.
WITH hits AS (
  SELECT
    e.exec_id,
    array_position(e.program_names, t.name) AS place,
    -- Options that end in a text about the tool or its speed; without arguments it says how it is used.
    argc(e.argv) = 1 OR any_matches(e.argv, '^--(help|usage|version|list(=.*)?|test(=.*)?|benchmark|backend-info)$')
      OR (argc(e.argv) = 2 AND has_arg(e.argv, '-h')) AS informs,
    t.kind,
    'The ' || CASE t.kind WHEN 'guess' THEN 'password guesser ' WHEN 'crack' THEN 'password cracker ' ELSE 'word list tool ' END
      || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '. It ' || t.purpose || '.' AS reason
  FROM execs AS e, LATERAL explode(e.program_names) AS n(name), password_attack_tools AS t
  WHERE t.name = n.name
    -- The first argument shows that it is another program of that name; an interpreter has its script before it.
    AND NOT matches(arg(e.argv, 2), t.other)
    AND NOT (coalesce(basename(arg(e.argv, 2)), '') = t.name AND matches(arg(e.argv, 3), t.other))
)
-- A tool known by two names is one finding, told by the first.
SELECT
  exec_id,
  min_by(reason || CASE WHEN informs THEN ' It was only asked about itself.' ELSE '' END, place) AS reason,
  min_by(
    CASE WHEN informs THEN 'informational' WHEN kind = 'guess' THEN 'critical' WHEN kind = 'crack' THEN 'high' ELSE 'medium' END, place)
    AS severity
FROM hits
GROUP BY exec_id
