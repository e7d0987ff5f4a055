-- SPDX-License-Identifier: Apache-2.0
-- id: exec_image_unverifiable
-- version: 1
-- title: What was executed cannot be looked at afterwards
-- description: >-
--   The file that ran existed in memory only, had been deleted when it was executed, or, outside of CI, was written while the
--   recording ran or into a running container: its name does not say what it is.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005]
--   techniques: [T1620, T1070.004]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1620/
--   - https://attack.mitre.org/techniques/T1070/004/
--   - https://man7.org/linux/man-pages/man2/memfd_create.2.html
-- false_positives:
--   - A daemon that starts itself anew through /proc/self/exe after its package was upgraded.
--   - A container engine that is not on the list memory_executables copies itself into memory.
--   - In staging and production, a deployment that builds or downloads programs and starts them.
WITH judged AS (
  SELECT
    e.exec_id,
    e.exe,
    arg(e.argv, 1) AS claim,
    e.is_memfd,
    CASE
      WHEN coalesce(e.is_memfd, false) OR starts(e.exe, '/memfd:') THEN 'memory'
      WHEN e.nlink = 0 OR ends(e.exe, ' (deleted)') THEN 'deleted'
      -- A CI job is there to write programs and to run them; nobody said is no answer either.
      WHEN coalesce(e.environment, 'ci') NOT IN ('staging', 'production') THEN NULL
      WHEN e.is_upper_layer AND e.container_id IS NOT NULL THEN 'layer'
      -- Packages and archives bring the time of their contents along, a download and a compiler do not.
      WHEN e.mtime >= c.started AND e.ctime >= c.started AND NOT coalesce(e.is_upper_layer, false) THEN 'written'
    END AS kind
  FROM execs AS e
  LEFT JOIN captures AS c ON c.capture_id = e.capture_id
  WHERE NOT EXISTS (
    SELECT 1
    FROM memory_executables AS m
    WHERE starts(e.exe, m.image)
      AND (
        (e.parent_exe IS NULL AND e.uid = 0)
        OR (matches(basename(e.parent_exe), m.starters) AND NOT in_temporary_dir(e.parent_exe))
        OR starts(e.parent_exe, m.image)))
)
SELECT
  exec_id,
  min(
    CASE kind
      WHEN 'memory' THEN 'The program ran from memory and was never a file: ' || coalesce(exe, 'its name is not known')
        || CASE WHEN claim IS NOT NULL THEN '. It calls itself ' || claim || ', which proves nothing.' ELSE '.' END
      WHEN 'deleted' THEN 'The file had been deleted when it was executed: ' || coalesce(exe, 'its name is not known') || '.'
      WHEN 'layer' THEN 'The file did not come with the image of its container: ' || coalesce(exe, 'its name is not known')
        || '.'
      ELSE 'The file was written while the recording ran: ' || coalesce(exe, 'its name is not known') || '.'
    END) AS reason,
  -- Upgrades and deployments leave the others behind.
  CASE WHEN bool_or(kind = 'memory') THEN 'high' ELSE 'medium' END AS severity
FROM judged
WHERE kind IS NOT NULL
GROUP BY exec_id
