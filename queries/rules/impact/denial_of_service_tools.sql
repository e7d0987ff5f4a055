-- SPDX-License-Identifier: Apache-2.0
-- id: denial_of_service_tools
-- version: 1
-- title: A denial-of-service tool was executed
-- description: >-
--   A program made to exhaust a service or to flood a network was executed, or one that forges packets was told to send them as
--   fast as it can.
-- severity: critical
-- status: test
-- attack:
--   tactics: [TA0040]
--   techniques: [T1498, T1498.001, T1499]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0040/
--   - https://attack.mitre.org/techniques/T1498/001/
--   - https://attack.mitre.org/techniques/T1499/
-- false_positives:
--   - An agreed load or resilience test of the own service.
--   - A laboratory for network equipment.
--   - The flood option of ping, used to look for lost packets on the own network.
WITH hits AS (
  SELECT
    e.exec_id,
    array_position(e.program_names, t.name) AS place,
    argc(e.argv) = 1 OR any_matches(e.argv, '^--?(help|usage|version)$') OR (argc(e.argv) = 2 AND has_arg(e.argv, '-h'))
      AS informs,
    -- Addresses of the machine itself, and none of another.
    any_matches(e.argv, '^([a-z]+://)?(localhost|127(\.[0-9]{1,3}){3}|\[?::1\]?)([:/].*)?$')
      AND NOT EXISTS (
        SELECT 1
        FROM explode(e.argv) AS a(x)
        WHERE matches(a.x, '://|^[0-9]{1,3}(\.[0-9]{1,3}){3}([:/].*)?$')
          AND NOT matches(a.x, '^([a-z]+://)?(localhost|127(\.[0-9]{1,3}){3}|\[?::1\]?)([:/].*)?$')
      ) AS own,
    t.name = 'ping' AS modest,
    t.kind,
    CASE t.kind WHEN 'flood' THEN 'The denial-of-service tool ' ELSE 'The tool ' END || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '. It ' || t.purpose
      || '.' AS reason
  FROM execs AS e, LATERAL explode(e.program_names) AS n(name), denial_of_service_tools AS t
  WHERE t.name = n.name
    -- Tools with other uses count only where they are told to flood.
    AND (t.kind = 'flood' OR matches(cmdline(e.argv), t.pattern))
)
-- A tool known by two names is one finding, told by the first.
SELECT
  exec_id,
  min_by(
    CASE WHEN kind = 'option' THEN reason || ' Its options ask for a flood.' ELSE reason END
      || CASE
        WHEN informs THEN ' It was only asked about itself.'
        WHEN own THEN ' The only target in its arguments is the machine itself.'
        ELSE ''
      END,
    place) AS reason,
  min_by(CASE WHEN informs THEN 'informational' WHEN own OR modest THEN 'medium' ELSE 'critical' END, place) AS severity
FROM hits
GROUP BY exec_id
