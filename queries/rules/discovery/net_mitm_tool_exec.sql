-- SPDX-License-Identifier: Apache-2.0
-- id: net_mitm_tool_exec
-- version: 2
-- title: A man-in-the-middle tool was executed
-- description: >-
--   A program made to place itself between two other parties and to read or change their traffic was executed, under
--   its own name, through a link, an interpreter or the dynamic loader.
-- severity: critical
-- status: stable
-- attack:
--   tactics: [TA0007]
--   techniques: [T1040, T1557]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0007/
--   - https://attack.mitre.org/techniques/T1040/
--   - https://attack.mitre.org/techniques/T1557/
-- false_positives:
--   - A developer inspects the traffic of the own application through mitmproxy or a proxy of that kind.
--   - An integration test uses mitmdump or anyproxy as a recording proxy.
--   - An agreed security test.
--   - A program of another kind that is called responder, such as one that answers OCSP queries.
WITH
  hits AS (
    SELECT
      e.exec_id,
      u.severity,
      'The man-in-the-middle tool ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename)
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
    JOIN net_mitm_tools AS t ON t.name = n.name
    LEFT JOIN tool_uses AS u
      ON u.tool = t.tool AND any_matches(e.argv, u.option) AND NOT any_matches(e.argv, u.but_not)
  )
SELECT exec_id, reason, severity
FROM hits
WHERE place = 1
