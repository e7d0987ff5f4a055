-- SPDX-License-Identifier: Apache-2.0
-- id: net_scan_tool_exec
-- version: 1
-- title: A network scanner was executed
-- description: >-
--   A program made to find machines and open ports was executed, under its own name, through a link, an interpreter or
--   the dynamic loader, or netcat was told to try a range of ports.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0007]
--   techniques: [T1046, T1018]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1046/
--   - https://attack.mitre.org/techniques/T1018/
-- false_positives:
--   - An agreed scan, or a scanner that the security team runs by schedule.
--   - A monitoring system that asks machines with fping whether they are there.
--   - A test looks which ports the application under test has opened.
WITH
  hits AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      e.argv,
      'The network scanner ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '. It ' || t.purpose
        || '.' AS reason
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), net_scan_tools AS t
    WHERE t.name = n.name
    UNION ALL
    -- A single port is a wait for a service, a range is a scan.
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      e.argv,
      t.tool || ' was told to try a range of ports and to send nothing (-z): ' || known_as(t.name, e.exe, e.filename) || '.'
        AS reason
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), network_clients AS t
    WHERE t.name = n.name
      AND t.kind = 'relay'
      AND any_matches(e.argv, '^-[0-9A-Za-z]*z')
      AND any_matches(e.argv, '^[0-9]{1,5}-[0-9]{1,5}$')
  ),
  judged AS (
    SELECT
      exec_id,
      place,
      CASE
        WHEN argc(argv) = 2 AND matches(arg(argv, 2), '^(--version|--help|-V|-h)$') THEN 'informational'
        -- Options, numbers and the machine itself: nothing else was asked.
        WHEN matches(
          cmdline(argv), '^[^ ]+( -[^ ]*| [0-9][0-9,-]*)* (localhost|127(\.[0-9]{1,3}){3}|::1)( [0-9][0-9,-]*)*$') THEN 'medium'
        ELSE 'high'
      END AS severity,
      reason
    FROM hits
  )
-- A tool known by two names is one finding, told by the first.
SELECT
  exec_id,
  min_by(
    reason
      || CASE severity
        WHEN 'informational' THEN ' It was only asked for its version or help.'
        WHEN 'medium' THEN ' Its target is the machine itself.'
        ELSE ''
      END,
    place) AS reason,
  min_by(severity, place) AS severity
FROM judged
GROUP BY exec_id
