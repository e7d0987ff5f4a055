-- SPDX-License-Identifier: Apache-2.0
-- id: net_filecopy_tool_exec
-- version: 1
-- title: Files were copied to or from another machine
-- description: >-
--   A program that copies files over the network was executed with another machine, a cloud storage or a relay as its source or
--   target, or was started to serve somebody who copies.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0010]
--   techniques: [T1048, T1567.002]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0010/
--   - https://attack.mitre.org/techniques/T1048/
--   - https://attack.mitre.org/techniques/T1567/002/
-- false_positives:
--   - A pipeline deploys what it built, or fetches what it needs.
--   - A backup.
--   - An administrator moves files.
WITH
  tools AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      t.name,
      t.kind,
      e.argv,
      e.cwd,
      'The file copy tool ' || t.name || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '. It ' || t.purpose || '.'
        AS reason,
      CASE t.kind
        WHEN 'command' THEN any_matches(e.argv, t.pattern)
        WHEN 'server' THEN argc(e.argv) > 1 AND NOT any_matches(e.argv, '^(-h|-V|--help|--version)$')
        WHEN 'serve' THEN true
        WHEN 'remote' THEN
          -- host:path, user@host:path, [::1]:path, host::module, rsync://host; not ./a:b, and no option.
          any_matches(
            e.argv,
            '^([A-Za-z0-9._][A-Za-z0-9._-]*@)?(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._][A-Za-z0-9._-]*):|^(scp|sftp|rsync|ssh|socket)://')
          OR (t.name IN ('sftp', 'psftp') AND argc(e.argv) > 1 AND NOT any_matches(e.argv, '^(-h|-V|--help|--version)$'))
          OR (t.name = 'rsync' AND has_arg(e.argv, '--daemon'))
      END AS copies,
      -- The other end of such a copy, started by a server for SSH.
      t.kind = 'serve'
        OR (t.name = 'rsync' AND has_arg(e.argv, '--server'))
        OR (t.name = 'scp' AND any_matches(e.argv, '^-[a-zA-Z]*[tf]$') AND argc(e.argv) < 5 AND NOT any_matches(e.argv, ':'))
        AS serves,
      (t.name = 'rsync' AND has_arg(e.argv, '--sender')) OR (t.name = 'scp' AND any_matches(e.argv, '^-[a-zA-Z]*f$')) AS sends
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), file_copy_tools AS t
    WHERE t.name = n.name
  ),
  ways AS (
    SELECT
      t.*,
      name IN ('croc', 'wormhole', 'wormhole-william', 'ffsend', 'megaput', 'megacopy', 'mega-put') AS relay,
      name IN ('ncftpput', 'ftpput', 'rclone')
        OR matches(
          arg(argv, argc(argv)),
          '^([A-Za-z0-9._][A-Za-z0-9._-]*@)?(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._][A-Za-z0-9._-]*):|^(scp|sftp|rsync|ssh|socket)://')
        AS uploads,
      any_matches(argv, '^([a-z]+://)?([^@/ ]+@)?(localhost|127(\.[0-9]{1,3}){3}|\[?::1\]?)([:/].*)?$') AS own,
      any_matches(argv, '^([a-z]+://)?([^@/ ]+@)?([0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.%]+\])([:/].*)?$')
        AND NOT any_matches(
          argv,
          '^([a-z]+://)?([^@/ ]+@)?(127|10|192\.168|172\.(1[6-9]|2[0-9]|3[01]))(\.[0-9]{1,3}){2,3}([:/].*)?$') AS by_address,
      (
        SELECT min(f.name || ', which holds ' || f.purpose)
        FROM explode(argv) AS a(x), credential_files AS f
        WHERE f.name = basename(a.x)
          AND lies_in(a.x, cwd, f.place)
          AND NOT matches(a.x, '^-| |=')
          -- A key to log in with is named behind an option.
          AND NOT matches(coalesce(arg(argv, array_position(argv, a.x) - 1), ''), '^-[iFoe]$')
      ) AS secret
    FROM tools AS t
    WHERE copies OR serves
  ),
  told AS (
    SELECT
      exec_id,
      place,
      reason,
      CASE
        WHEN serves THEN
          'low It was started to serve somebody who copies files '
            || CASE WHEN sends THEN 'from this machine.' WHEN kind = 'serve' THEN 'to or from this machine.' ELSE 'to this machine.' END
        WHEN relay THEN 'high The files pass through a service on the internet.'
        WHEN secret IS NOT NULL THEN 'high Among the files is ' || secret || '.'
        WHEN own AND NOT by_address THEN 'low The other machine is this one.'
        WHEN by_address AND uploads THEN 'high The files go to a bare address.'
        WHEN by_address THEN 'medium The other machine is a bare address.'
        WHEN uploads THEN 'medium The files go to the other machine.'
        WHEN kind = 'remote' AND name NOT IN ('sftp', 'psftp') THEN 'low The files come from the other machine.'
        ELSE 'medium'
      END AS what
    FROM ways
  )
-- A tool known by two names is one finding, told by the first.
SELECT
  exec_id,
  min_by(reason || regexp_extract(what, '^[a-z]+(.*)$', 1), place) AS reason,
  min_by(regexp_extract(what, '^([a-z]+)', 1), place) AS severity
FROM told
GROUP BY exec_id
