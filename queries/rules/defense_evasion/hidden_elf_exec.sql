-- SPDX-License-Identifier: Apache-2.0
-- id: hidden_elf_exec
-- version: 1
-- title: A hidden program was executed
-- description: >-
--   The file that runs, or a directory above it, has a name that begins with a dot, and is none of those where tools are known to
--   keep programs.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005]
--   techniques: [T1564.001]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1564/001/
-- false_positives:
--   - A tool that keeps programs in a hidden directory and is not on the list hidden_program_dirs.
--   - A project that keeps its own tools in a directory such as .tools.
WITH
  hidden AS (
    SELECT DISTINCT exec_id, exe, fs_magic
    FROM execs
    WHERE has_substr(exe, '/.') AND NOT coalesce(is_memfd, false)
  ),
  -- Each hidden name in the path has to be accounted for: what lies in /home/a/.cache/.x is hidden once more.
  counted AS (
    SELECT
      h.exec_id,
      h.exe,
      hidden_names(h.exe) AS names,
      coalesce(sum(hidden_names(d.path)), 0) AS known
    FROM hidden AS h
    LEFT JOIN hidden_program_dirs AS d
      ON has_substr(h.exe, d.path)
        -- None of them is in memory that programs share, and an AppImage is a file system of its own (FUSE).
        AND (NOT starts(h.exe, '/dev/') OR starts(d.path, '/dev/'))
        AND (d.name <> 'tmp-mount' OR h.fs_magic = 1702057286)
    GROUP BY h.exec_id, h.exe
  )
SELECT
  exec_id,
  'The program ' || min(exe) || ' was executed: '
    || CASE
      WHEN starts(basename(min(exe)), '.') THEN 'its file is hidden'
      ELSE 'it lies in a hidden directory where no tool is known to keep programs'
    END
    || CASE WHEN in_temporary_dir(min(exe)) THEN ', and every user may write there' ELSE '' END
    || '.' AS reason,
  -- A directory of its own in a home may be a tool that nobody has listed yet.
  CASE
    WHEN starts(basename(min(exe)), '.') OR in_temporary_dir(min(exe)) OR starts(min(exe), '/dev/') THEN 'high'
    ELSE 'medium'
  END AS severity
FROM counted
WHERE names > known
GROUP BY exec_id
