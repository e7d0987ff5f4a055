-- SPDX-License-Identifier: Apache-2.0
-- id: net_sniff_tool_exec
-- version: 1
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
WITH hits AS (
  SELECT
    e.exec_id,
    array_position(e.program_names, t.name) AS place,
    'The network sniffer ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename)
      || '. It ' || t.purpose || '.' AS reason
  FROM execs AS e, LATERAL explode(e.program_names) AS n(name), net_sniff_tools AS t
  WHERE t.name = n.name
)
-- A tool known by two names is one finding, told by the first.
SELECT exec_id, min_by(reason, place) AS reason
FROM hits
GROUP BY exec_id
