-- SPDX-License-Identifier: Apache-2.0
-- id: net_suspicious_tool_exec
-- version: 1
-- title: A network tool was given a bare address
-- description: >-
--   netcat, socat, curl, ssh, ping or a tool of that kind was executed with an IP address where people and programs use
--   names, or a raw connection was opened to another machine or for it.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0011, TA0007]
--   techniques: [T1095, T1071, T1046, T1552.005]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1095/
--   - https://attack.mitre.org/techniques/T1071/
--   - https://attack.mitre.org/techniques/T1046/
--   - https://attack.mitre.org/techniques/T1552/005/
-- false_positives:
--   - A deployment logs in to a machine by its address.
--   - A script asks a public name server, or whether a well-known address answers, to see if there is a network.
--   - A cloud's own start-up script asks the metadata service.
--   - An administrator looks into a network problem.
WITH
  clients AS (
    SELECT
      e.exec_id,
      e.argv,
      t.kind,
      array_position(e.program_names, t.name) AS place,
      t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '.' AS known,
      -- A relay that waits for others, or asks only whether a port is open, connects nobody.
      t.kind = 'relay' AND any_matches(e.argv, '^(-[0-9A-Za-z]*l[0-9A-Za-z]*|--listen)$') AS listens,
      t.kind = 'relay' AND any_matches(e.argv, '^(-[0-9A-Za-z]*[zU][0-9A-Za-z]*|--unixsock)$') AS probes
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), network_clients AS t
    WHERE t.name = n.name
  ),
  arguments AS (
    SELECT c.*, a.argument, ip_address(a.argument) AS address
    FROM clients AS c, LATERAL explode(c.argv) AS a(argument)
  ),
  scoped AS (SELECT *, address_scope(address) AS scope FROM arguments),
  told AS (
    SELECT
      exec_id,
      place,
      known,
      CASE
        WHEN scope = 'metadata' AND kind <> 'probe' THEN 1
        WHEN scope = 'public' AND kind = 'relay' AND NOT probes THEN 1
        -- http://3232235777/ and http://0xc0a80101/ are addresses that are not to look like one.
        WHEN matches(argument, '^[A-Za-z]+://([^/@]*@)?(0x[0-9A-Fa-f]{8}|[0-9]{8,10})([:/?#]|$)') THEN 1
        WHEN kind = 'relay'
          AND (
            matches(argument, '(?i)^(TCP|UDP|SCTP|OPENSSL|SSL)[46]?-(L|LISTEN):') AND NOT matches(argument, 'bind=(127\.|localhost|\[?::1)')
            OR listens AND argument = arg(argv, 1)
              AND NOT probes
              AND NOT any_matches(argv, '^(localhost|127\.[0-9.]+|::1)$')) THEN 2
        WHEN scope = 'public' AND kind = 'transfer' THEN 2
        WHEN scope = 'local' AND kind = 'relay' AND NOT probes THEN 2
        WHEN kind = 'relay'
          AND NOT probes
          AND NOT listens
          -- nc.openbsd is no host.
          AND argument <> arg(argv, 1)
          AND matches(argument, '(?i)^((TCP|UDP|SCTP|OPENSSL|SSL)[46]?(-CONNECT|-SENDTO)?:)?([a-z0-9_-]+\.)+[a-z]{2,24}(:[0-9]+)?(,.*)?$')
          AND NOT matches(argument, '(?i)\.(local|localdomain|internal|intranet|lan|home|corp|svc|test|example|sock)(:[0-9]+)?(,.*)?$') THEN 2
        WHEN scope = 'public' THEN 3
      END AS rank,
      CASE
        WHEN scope = 'metadata' THEN ' It asked ' || address || ', where clouds hand a machine its credentials.'
        WHEN scope IS NOT NULL THEN ' It was given the address ' || address || '.'
        WHEN argument = arg(argv, 1) OR matches(argument, '(?i)-(L|LISTEN):') THEN ' It waits for connections.'
        WHEN matches(argument, '://') THEN ' The address in ' || argument || ' is written as a number.'
        ELSE ' It was told to connect to ' || argument || '.'
      END AS what
    FROM scoped
  )
-- One finding for an execution: the gravest argument, told by the first of its names.
SELECT
  exec_id,
  min_by(known || what, rank || '|' || place || '|' || known || what) AS reason,
  CASE min(rank) WHEN 1 THEN 'high' WHEN 2 THEN 'medium' ELSE 'low' END AS severity
FROM told
WHERE rank IS NOT NULL
GROUP BY exec_id
