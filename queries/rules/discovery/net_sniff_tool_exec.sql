-- SPDX-License-Identifier: Apache-2.0
-- id: net_sniff_tool_exec
-- version: 2
-- title: A network sniffer was executed
-- description: >-
--   A program made to capture traffic of the network was executed, under its own name, through a link, an interpreter
--   or the dynamic loader.
-- severity: critical
-- status: stable
-- attack:
--   tactics: [TA0007]
--   techniques: [T1040]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0007/
--   - https://attack.mitre.org/techniques/T1040/
-- false_positives:
--   - An administrator looks into a network problem and says so.
--   - An agreed security test, or a network appliance whose purpose is to capture.
--   - Only a help text, a version, a list of interfaces or a saved file was read (--version, -D, -r FILE).
WITH
  hits AS (
    SELECT
      e.exec_id,
      u.severity,
      'The network sniffer ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename)
        || '. It ' || t.purpose || '.'
        || CASE WHEN u.name IS NOT NULL THEN ' Started like this (' || u.name || ') it only ' || u.purpose || '.' ELSE '' END
        AS reason,
      -- A tool known by two names is told by the first, a use told by two options by the first of the list.
      row_number() OVER (
        PARTITION BY e.exec_id
        ORDER BY array_position(e.program_names, t.name), t.name, u.name NULLS LAST
      ) AS place
    FROM execs AS e
    CROSS JOIN LATERAL explode(e.program_names) AS n(name)
    JOIN net_sniff_tools AS t ON t.name = n.name
    LEFT JOIN tool_uses AS u
      ON u.tool = t.tool AND any_matches(e.argv, u.option) AND NOT any_matches(e.argv, u.but_not)
  )
SELECT exec_id, reason, severity
FROM hits
WHERE place = 1
