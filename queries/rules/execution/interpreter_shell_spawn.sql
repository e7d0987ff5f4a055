-- SPDX-License-Identifier: Apache-2.0
-- id: interpreter_shell_spawn
-- version: 1
-- title: A language interpreter started a shell for somebody
-- description: >-
--   Python, Perl, Node.js, Java or another interpreter started a shell that has no work of its own: one that reads its
--   commands from whoever is at the other end, or one that was told to become such a shell.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0002]
--   techniques: [T1059.004, T1059.006, T1059.007]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1059/004/
--   - https://gtfobins.github.io/#+shell
-- false_positives:
--   - A terminal within an editor or a notebook, such as VS Code Server, Jupyter or pexpect in a test.
--   - A program that feeds a script to a shell through its standard input.
WITH
  shell_execs AS (
    SELECT
      e.exec_id,
      e.argv,
      e.parent_exe,
      e.parent_argv,
      i.tool AS language,
      e.inline_code AS command,
      -- Its first argument, so it is an option of the interpreter and not of a script.
      matches(arg(e.parent_argv, 2), '^(-[a-zA-Z]?[ce]|-E|-r|--eval)$') AS parent_code,
      min(array_position(e.program_names, s.name)) AS place
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), shells AS s, interpreters AS i
    WHERE s.name = n.name
      AND i.name = unversioned(file_name(e.parent_exe))
      -- Not what a recording was started for: the recorder is a Java program.
      AND NOT has_arg(e.parent_argv, 'dev.trailcam.recorder.cli.Main')
    GROUP BY ALL
  ),
  judged AS (
    SELECT
      *,
      CASE
        WHEN matches(command, '\|\s*\{?([^ |;{]*/)?(ba|da|z|k|mk|a)?sh\b')
          AND (matches(command, '\bbase64[ ,]+(-d|-D|--decode)\b') OR matches(command, '\bxxd[ ,]+-[a-z]*r')) THEN 'decodes'
        WHEN matches(command, '/dev/(tcp|udp)/') AND matches(command, '\b(ba|da|z|k|mk|a)?sh +-[a-z]*i') THEN 'connects'
        WHEN matches(command, '^\s*(exec\s+)?([^\s;|&]*/)?(ba|da|z|k|mk|a|c|tc|fi)?sh(\s+(-[ilp]+|--login|--norc|--noprofile|--posix))*\s*$')
          THEN 'becomes'
        WHEN matches(cmdline(argv), '^[^ ]*( ([^ ]*/)?[a-z0-9]*sh)?( (-[ilp]+|--login|--norc|--noprofile|--noediting|--posix))*$')
          THEN 'reads'
      END AS kind
    FROM shell_execs
  )
SELECT
  exec_id,
  parent_exe || ', which runs ' || language || ', started a shell '
    || CASE kind
      WHEN 'decodes' THEN 'that decodes commands and runs them'
      WHEN 'connects' THEN 'that hands itself to the network'
      WHEN 'becomes' THEN 'that was told nothing but to become another shell'
      ELSE 'that reads its commands from whoever is at the other end'
    END
    || CASE WHEN parent_code THEN '; the interpreter itself runs code from its command line' ELSE '' END
    || '.' AS reason,
  -- A shell without -i that nobody asked for in an argument may be a script on standard input.
  CASE
    WHEN kind = 'reads' AND NOT parent_code AND NOT any_matches(argv, '^-[lp]*i') THEN 'medium'
    ELSE 'high'
  END AS severity
FROM judged
WHERE kind IS NOT NULL
