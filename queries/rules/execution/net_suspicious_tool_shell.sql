-- SPDX-License-Identifier: Apache-2.0
-- id: net_suspicious_tool_shell
-- version: 1
-- title: A network tool was used to run commands
-- description: >-
--   netcat or socat was told to connect a program with the network, a shell was told to connect itself or to run what a
--   tool loads from an address, or a script was loaded over a connection that proves nothing.
-- severity: critical
-- status: test
-- attack:
--   tactics: [TA0002, TA0011]
--   techniques: [T1059.004, T1095, T1105]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1059/004/
--   - https://attack.mitre.org/techniques/T1095/
--   - https://attack.mitre.org/techniques/T1105/
--   - https://gtfobins.github.io/
-- false_positives:
--   - An agreed security test.
--   - An old installation guide that loads a script over plain HTTP.
--   - socat connects a program with a local socket or a serial line.
WITH
  -- What was asked of netcat and the like.
  relays AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      CASE
        WHEN t.tool = 'socat' AND NOT any_matches(e.argv, '(?i)^(EXEC|SYSTEM|SHELL):.*\b(ba|da|z|k|mk|a|c|tc)?sh\b') THEN 3
        ELSE 1
      END AS rank,
      t.tool || ' was told to connect a program with what it is connected to: ' || known_as(t.name, e.exe, e.filename) || '.'
        AS reason
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), network_clients AS t
    WHERE t.name = n.name
      AND t.kind = 'relay'
      AND CASE
        WHEN t.tool = 'socat' THEN any_matches(e.argv, '(?i)^(EXEC|SYSTEM|SHELL):')
          AND any_matches(e.argv, '(?i)^(TCP|UDP|SCTP|OPENSSL|SSL|SOCKS|PROXY)[0-9A-Z-]*:')
        WHEN t.tool = 'telnet' THEN false
        ELSE any_matches(e.argv, '^(-[0-9A-Za-z]*[ec]|--exec|--sh-exec|--lua-exec)$')
          OR any_matches(e.argv, '^(--exec|--sh-exec|--lua-exec)=')
          OR any_matches(e.argv, '^-[ec]/')
      END
  ),
  -- A shell script that is loaded over a connection anybody on the way can change, or from a bare address.
  loads AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      t.tool,
      known_as(t.name, e.exe, e.filename) AS known,
      a.argument,
      address_scope(ip_address(a.argument)) AS scope,
      any_matches(e.argv, '^(--insecure|--no-check-certificate|-[A-Za-z]*k[A-Za-z]*)$') AND t.tool IN ('curl', 'GNU Wget', 'GNU Wget2')
        AS unchecked
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), network_clients AS t, LATERAL explode(e.argv) AS a(argument)
    WHERE t.name = n.name
      AND t.kind = 'transfer'
      AND matches(a.argument, '(?i)^([a-z][a-z0-9+.-]*://)?[^/ ]+/([^ ?#]*/)?[^ /?#]+\.(sh|bash|ksh|zsh|csh|ash)([?#].*)?$')
      -- A host has a dot or is an address; a name without is a neighbour, and ./x.sh a file.
      AND matches(a.argument, '(?i)^([a-z][a-z0-9+.-]*://)?([^/@ ]*@)?(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)+)(:[0-9]+)?/')
      AND NOT matches(a.argument, '(?i)^([a-z][a-z0-9+.-]*://)?([^/@ ]*@)?[^/ ]*\.(local|localdomain|internal|intranet|lan|home|corp|svc)(:[0-9]+)?/')
  ),
  loaded AS (
    SELECT
      exec_id,
      place,
      CASE WHEN scope = 'public' OR unchecked THEN 2 ELSE 3 END AS rank,
      tool || ' loads the shell script ' || argument || ', '
        || CASE
          WHEN scope = 'public' THEN 'from a bare address'
          WHEN unchecked THEN 'and was told not to check who answers'
          ELSE 'over a connection that proves nothing'
        END
        || ': ' || known || '.' AS reason
    FROM loads
    WHERE coalesce(scope, 'public') = 'public'
      AND (scope IS NOT NULL OR unchecked OR NOT matches(argument, '(?i)^(https|sftp|scp|ftps)://'))
  ),
  -- Commands that a shell was given in an argument.
  commands AS (
    SELECT DISTINCT e.exec_id, e.inline_code AS command
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), shells AS s
    WHERE s.name = n.name
  ),
  shelled AS (
    SELECT
      exec_id,
      0 AS place,
      CASE WHEN interactive THEN 1 ELSE 2 END AS rank,
      CASE
        WHEN interactive THEN 'A shell was told to hand an interactive shell to the network.'
        ELSE 'A shell was told to run what it loads from a bare address.'
      END AS reason
    FROM (
      SELECT
        exec_id,
        matches(command, '\b(ba|da|z|k|mk|a|c|tc)?sh +-[a-z]*i')
          AND (
            matches(command, '/dev/(tcp|udp)/')
            OR matches(command, '(^|[ |;&/(])(nc|ncat|netcat|nc\.(openbsd|traditional)|telnet|cryptcat|socat) ')
            OR matches(command, '\bopenssl +s_client ')) AS interactive,
        matches(
          command,
          '\b(curl|wget2?|lynx)\b[^|;]* ["'']?([a-z]+://)?([0-9]{1,3}\.){3}[0-9]{1,3}[^|;]*\| *(sudo +)?([^ |;]*/)?(ba|da|z|k|mk|a)?sh( |;|"|''|$)')
          AND NOT matches(command, '[ /"''](127\.|10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|0\.0\.0\.0)') AS piped
      FROM commands
    )
    WHERE interactive OR piped
  ),
  hits AS (
    SELECT exec_id, place, rank, reason FROM relays
    UNION ALL
    SELECT exec_id, place, rank, reason FROM loaded
    UNION ALL
    SELECT exec_id, place, rank, reason FROM shelled
  )
-- One finding for an execution: the gravest, told by the first of its names.
SELECT
  exec_id,
  min_by(reason, rank || '|' || place || '|' || reason) AS reason,
  CASE min(rank) WHEN 1 THEN 'critical' WHEN 2 THEN 'high' ELSE 'medium' END AS severity
FROM hits
GROUP BY exec_id
