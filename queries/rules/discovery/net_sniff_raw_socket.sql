-- SPDX-License-Identifier: Apache-2.0
-- id: net_sniff_raw_socket
-- version: 1
-- title: A program opened a socket that sees packets of others
-- description: >-
--   A program, or a process it forked, opened a packet socket, an XDP socket or a raw socket for TCP or UDP, and is none of
--   those that need one to run a network.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0007]
--   techniques: [T1040]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0007/
--   - https://attack.mitre.org/techniques/T1040/
--   - https://man7.org/linux/man-pages/man7/packet.7.html
--   - https://man7.org/linux/man-pages/man7/raw.7.html
-- false_positives:
--   - A scanner, a tracer of routes or a load generator that forges packets and listens for the answers.
--   - A network appliance, an intrusion detection system or a monitoring agent whose purpose is to capture.
--   - A network daemon that is not on the list packet_socket_users, or is installed outside of the system's directories.
--   - An administrator looks into a network problem and says so.
WITH
  calls AS (
    SELECT
      exec_id,
      process_id,
      action,
      CASE
        WHEN family = 17 OR (family = 2 AND socket_type = 10) THEN 'packet'
        WHEN family = 44 THEN 'xdp'
        WHEN family IN (2, 10) AND socket_type = 3 AND protocol = 6 THEN 'tcp'
        WHEN family IN (2, 10) AND socket_type = 3 AND protocol = 17 THEN 'udp'
      END AS kind
    FROM raw_sockets
    WHERE errno = 0
  ),
  -- One row per execution, so that what it says does not depend on the order of the calls.
  told AS (
    SELECT
      c.exec_id,
      max(CASE WHEN c.action = 'socket' AND c.kind = 'packet' THEN 1 ELSE 0 END) AS packet,
      max(CASE WHEN c.action = 'socket' AND c.kind = 'xdp' THEN 1 ELSE 0 END) AS xdp,
      max(CASE WHEN c.action = 'socket' AND c.kind = 'tcp' THEN 1 ELSE 0 END) AS tcp,
      max(CASE WHEN c.action = 'socket' AND c.kind = 'udp' THEN 1 ELSE 0 END) AS udp,
      max(CASE WHEN c.action = 'promiscuous' THEN 1 ELSE 0 END) AS promiscuous,
      max(CASE WHEN c.action = 'filter' THEN 1 ELSE 0 END) AS filtered,
      max(CASE WHEN c.process_id <> e.process_id THEN 1 ELSE 0 END) AS forked,
      -- Two captures may hold one execution; a forged one must not excuse the other.
      min(CASE WHEN u.name IS NOT NULL THEN 1 ELSE 0 END) AS known
    FROM calls AS c
    JOIN execs AS e ON e.exec_id = c.exec_id
    -- A name says nothing outside of the directories that only an administrator writes to, in a file that was written
    -- into a container after it was started, or where the dynamic loader was told to load something else as well.
    LEFT JOIN packet_socket_users AS u
      ON u.name = e.exe_name
        AND (
          (u.place = 'system' AND matches(e.exe, '^(/usr)?/(s?bin|lib/systemd|libexec)/[^/]+$'))
          OR (u.place = 'cni' AND matches(e.exe, '^(/opt/cni/bin|/usr/lib/cni)/[^/]+$'))
        )
        AND NOT coalesce(e.is_upper_layer, false)
        AND argc(e.env_names) = 0
    WHERE c.kind IS NOT NULL
    GROUP BY c.exec_id
  )
SELECT
  exec_id,
  'It opened'
    || CASE WHEN packet = 1 THEN ' a packet socket (AF_PACKET), which sees every frame of an interface' ELSE '' END
    || CASE WHEN packet = 1 AND xdp + tcp + udp > 0 THEN ', and' ELSE '' END
    || CASE WHEN xdp = 1 THEN ' an XDP socket (AF_XDP), which takes frames from the driver' ELSE '' END
    || CASE WHEN xdp = 1 AND tcp + udp > 0 THEN ', and' ELSE '' END
    || CASE
      WHEN tcp = 1 AND udp = 1 THEN ' raw sockets for TCP and UDP, which see all such packets that reach the machine'
      WHEN tcp = 1 THEN ' a raw socket for TCP, which sees all such packets that reach the machine'
      WHEN udp = 1 THEN ' a raw socket for UDP, which sees all such packets that reach the machine'
      ELSE ''
    END
    || '. Promiscuous mode: ' || CASE WHEN promiscuous = 1 THEN 'yes' ELSE 'no' END
    || '. Packet filter: ' || CASE WHEN filtered = 1 THEN 'yes' ELSE 'no' END
    || '.'
    || CASE WHEN forked = 1 THEN ' A process that it forked took part.' ELSE '' END AS reason
FROM told
WHERE packet + xdp + tcp + udp > 0
  -- None of the known users needs the traffic of others.
  AND (known = 0 OR promiscuous = 1)
