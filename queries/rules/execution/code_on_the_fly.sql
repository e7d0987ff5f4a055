-- SPDX-License-Identifier: Apache-2.0
-- id: code_on_the_fly
-- version: 1
-- title: Code in an argument does what attacks do
-- description: >-
--   An interpreter or a shell was given code in an argument, and that code fetches or decodes something and runs it, gives a
--   shell away over the network, makes a terminal for one, loads a program into memory, or becomes root.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0002, TA0005]
--   techniques: [T1059, T1059.004, T1059.006, T1059.007, T1140]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1059/
--   - https://attack.mitre.org/techniques/T1140/
--   - https://gtfobins.github.io/
-- false_positives:
--   - A tool sends itself to a machine as compressed code in an argument, as Mitogen for Ansible does.
--   - An installer is fetched and run by one line that its documentation prints.
--   - An agreed security test.
WITH
  -- Twice: as it is, and with blanks where a shell may have something else in their place, {base64,-d} and base64${IFS}-d.
  given AS (
    SELECT exec_id, exe, program_names, lower(code || ' ' || shell_blanks(code)) AS code
    FROM (SELECT DISTINCT exec_id, exe, program_names, inline_code AS code FROM execs) AS c
    WHERE code IS NOT NULL
  ),
  -- What the code holds, whatever the language; that is looked at next, where there is little left.
  held AS (
    SELECT g.exec_id, g.exe, g.program_names, g.code, f.kind, f.interpreter, f.purpose
    FROM given AS g
    JOIN code_fragments AS f ON has_substr(g.code, f.fragment)
  ),
  told AS (
    SELECT
      exec_id,
      min(exe) AS exe,
      min(CASE WHEN kind = 'connect' THEN purpose END) AS connects,
      min(CASE WHEN kind = 'decode' THEN purpose END) AS decodes,
      min(CASE WHEN kind = 'run' THEN purpose END) AS runs,
      min(CASE WHEN kind = 'attach' THEN purpose END) AS attaches,
      min(CASE WHEN kind = 'terminal' THEN purpose END) AS terminal,
      min(CASE WHEN kind = 'memory' THEN purpose END) AS memory,
      min(CASE WHEN kind = 'identity' THEN purpose END) AS identity,
      -- A shell runs what it decodes where that is piped into a shell, or stands in the place of a command.
      min(
        CASE
          WHEN interpreter LIKE '%sh(%' ESCAPE '!' AND (
            matches(code, '[|]\s*(sudo\s+(-\S+\s+)*)?(/bin/|/usr/bin/)?(ba|da|k|z)?sh(\s|[;&|)"''`]|$)')
            OR matches(
              code,
              '(eval|source|[.]|sh(\s+-c)?)\s+["'']?(\$\(|`|<\()[^)`]*(base64|base32|basenc|xxd|uudecode|openssl)'))
            THEN 'runs text as code'
        END) AS executes
    FROM held
    WHERE any_matches(program_names, interpreter)
    GROUP BY exec_id
  )
SELECT
  exec_id,
  exe || ' was given code in an argument that '
    || CASE
      WHEN memory IS NOT NULL THEN memory
      WHEN connects IS NOT NULL AND coalesce(attaches, runs) IS NOT NULL THEN connects || ' and '
        || coalesce(attaches, runs)
      WHEN decodes IS NOT NULL AND coalesce(executes, runs) IS NOT NULL THEN decodes || ' and ' || coalesce(executes, runs)
      WHEN terminal IS NOT NULL THEN terminal
      ELSE identity || ' and ' || runs
    END
    || '.' AS reason
FROM told
WHERE memory IS NOT NULL
  OR (connects IS NOT NULL AND coalesce(attaches, runs) IS NOT NULL)
  OR (decodes IS NOT NULL AND coalesce(executes, runs) IS NOT NULL)
  OR terminal IS NOT NULL
  OR (identity IS NOT NULL AND runs IS NOT NULL)
