-- SPDX-License-Identifier: Apache-2.0
-- id: dynamic_linker_environment
-- version: 1
-- title: The environment makes the dynamic loader load other code
-- description: >-
--   A program was executed with a variable that makes the dynamic loader load a library into it (LD_PRELOAD, LD_AUDIT), or that
--   steers the C library of a program which runs with another user's rights, and it did not inherit that variable.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0003, TA0004, TA0005]
--   techniques: [T1574.006]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1574/006/
--   - https://man7.org/linux/man-pages/man8/ld.so.8.html
--   - https://nvd.nist.gov/vuln/detail/CVE-2023-4911
-- false_positives:
--   - A test or a build preloads a sanitizer, an allocator or a library of its own.
--   - An image sets LD_PRELOAD for an allocator, and somebody works in it at a terminal.
WITH
  steered AS (
    SELECT
      exec_id, boot_id, pid, start_boot_ns, boot_ns, ancestors, exe, tty,
      has_arg(env_names, 'LD_PRELOAD') AS preload,
      has_arg(env_names, 'LD_AUDIT') AS audit,
      has_arg(env_names, 'GLIBC_TUNABLES') AND uid <> euid AS tunables,
      has_arg(env_names, 'GCONV_PATH') AND uid <> euid AS gconv
    FROM execs
    WHERE has_arg(env_names, 'LD_PRELOAD') OR has_arg(env_names, 'LD_AUDIT')
      OR ((has_arg(env_names, 'GLIBC_TUNABLES') OR has_arg(env_names, 'GCONV_PATH')) AND uid <> euid)
  ),
  family AS (
    SELECT exec_id, boot_id, boot_ns, pid, start_boot_ns
    FROM steered
    UNION
    SELECT s.exec_id, s.boot_id, s.boot_ns, a.x.pid, a.x.start
    FROM steered AS s, LATERAL explode(s.ancestors) AS a(x)
  ),
  -- What was executed last before in the same process or above it: from there comes the environment.
  before AS (
    SELECT
      f.exec_id,
      max_by(has_arg(p.env_names, 'LD_PRELOAD'), p.boot_ns) AS preload,
      max_by(has_arg(p.env_names, 'LD_AUDIT'), p.boot_ns) AS audit,
      max_by(CASE WHEN in_system_bin(p.filename) THEN basename(p.filename) ELSE '' END, p.boot_ns) AS starter
    FROM family AS f
    JOIN execs AS p
      ON p.boot_id = f.boot_id AND p.pid = f.pid AND p.start_boot_ns = f.start_boot_ns AND p.boot_ns < f.boot_ns
    GROUP BY f.exec_id
  ),
  judged AS (
    SELECT
      s.exec_id,
      s.exe,
      s.tunables,
      s.gconv,
      s.audit AND NOT coalesce(b.audit, false) AS audit,
      s.preload
        AND NOT coalesce(b.preload, false)
        -- Where nothing above was recorded it may have been inherited; a terminal speaks for somebody who typed it.
        AND (b.exec_id IS NOT NULL OR s.tty IS NOT NULL)
        AND coalesce(b.starter, '') NOT IN (SELECT name FROM preload_launchers) AS preload
    FROM steered AS s
    LEFT JOIN before AS b ON b.exec_id = s.exec_id
  )
SELECT
  exec_id,
  min(
    coalesce(exe, 'A program') || ' was executed '
      || CASE
        WHEN audit THEN 'with LD_AUDIT, which has the loader load a library that sees and steers all others'
        WHEN tunables THEN 'with the rights of another user and with GLIBC_TUNABLES, which CVE-2023-4911 abuses'
        WHEN gconv THEN 'with the rights of another user and with GCONV_PATH, which has the C library load other code'
        ELSE 'with LD_PRELOAD, which has the loader load a library into it'
      END
      || '. What it names is not recorded.') AS reason,
  -- Tests preload honestly; nobody audits or steers a program of root by the way.
  CASE WHEN bool_or(audit OR tunables OR gconv) THEN 'high' ELSE 'medium' END AS severity
FROM judged
WHERE audit OR preload OR tunables OR gconv
GROUP BY exec_id
