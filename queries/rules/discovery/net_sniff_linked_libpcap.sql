-- SPDX-License-Identifier: Apache-2.0
-- id: net_sniff_linked_libpcap
-- version: 1
-- title: An unknown program is linked with the library of sniffers
-- description: >-
--   A program whose file is linked with libpcap was executed under a name that no known user of that library has: what
--   a renamed copy of tcpdump looks like.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0007, TA0005]
--   techniques: [T1040, T1036.003]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1040/
--   - https://attack.mitre.org/techniques/T1036/003/
--   - https://www.tcpdump.org/manpages/pcap.3pcap.html
-- false_positives:
--   - A program that uses libpcap and is not on the list libpcap_users, such as the project's own.
--   - A known user of the library that is installed outside of the system's directories.
WITH
  -- Names that another rule speaks for.
  named AS (
    SELECT name FROM net_sniff_tools
    UNION ALL
    SELECT name FROM net_mitm_tools
    UNION ALL
    SELECT name FROM net_scan_tools
    UNION ALL
    SELECT name FROM network_clients
  ),
  linked AS (SELECT * FROM execs WHERE any_matches(needed, '^libpcap\.so(\.[0-9]|$)')),
  spoken_for AS (
    SELECT DISTINCT e.exec_id, e.capture_id
    FROM linked AS e, LATERAL explode(e.program_names) AS n(name), named AS t
    WHERE t.name = n.name
    UNION
    -- A name says nothing outside of the directories that only an administrator writes to, or in a file that was written
    -- into a container after it was started.
    SELECT e.exec_id, e.capture_id
    FROM linked AS e
    JOIN libpcap_users AS u ON u.name = e.exe_name
    WHERE matches(e.exe, '^(/usr)?/(s?bin|lib|libexec)/([^/]+/)*[^/]+$')
      AND NOT coalesce(e.is_upper_layer, false)
  )
SELECT
  e.exec_id,
  'The program file ' || coalesce(e.exe, e.filename, e.comm)
    || ' is linked with libpcap, the library by which sniffers capture packets, and has the name of no program that is known to use it.'
    || CASE WHEN in_system_bin(e.exe) THEN ' It lies where packages install programs.' ELSE '' END AS reason,
  CASE WHEN in_system_bin(e.exe) THEN 'medium' ELSE 'high' END AS severity
FROM linked AS e
-- Two captures may hold one execution; a forged one must not excuse the other.
WHERE NOT EXISTS (SELECT 1 FROM spoken_for AS s WHERE s.exec_id = e.exec_id AND s.capture_id = e.capture_id)
