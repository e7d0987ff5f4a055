-- SPDX-License-Identifier: Apache-2.0
-- id: net_mitm_tool_exec
-- version: 1
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
WITH hits AS (
  SELECT
    e.exec_id,
    array_position(e.program_names, t.name) AS place,
    'The man-in-the-middle tool ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename)
      || '. It ' || t.purpose || '.' AS reason
  FROM execs AS e, LATERAL explode(e.program_names) AS n(name), net_mitm_tools AS t
  WHERE t.name = n.name
)
-- A tool known by two names is one finding, told by the first.
SELECT exec_id, min_by(reason, place) AS reason
FROM hits
GROUP BY exec_id
