-- SPDX-License-Identifier: Apache-2.0
-- id: passwd_usage
-- version: 1
-- title: Accounts or passwords of the machine were changed
-- description: >-
--   A tool that adds, changes or removes accounts, groups or passwords of the machine was executed, and not by the script of a
--   package that is being installed.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0003]
--   techniques: [T1098, T1136.001, T1531]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0003/
--   - https://attack.mitre.org/techniques/T1098/
--   - https://attack.mitre.org/techniques/T1136/001/
--   - https://attack.mitre.org/techniques/T1531/
-- false_positives:
--   - An image is built or a machine is set up, by Ansible, cloud-init or a Dockerfile.
--   - The entry point of a container gives its account the number of the user outside.
--   - An administrator adds or removes somebody, or a user changes his own password.
WITH
  hits AS (
    SELECT
      e.exec_id,
      array_position(e.program_names, t.name) AS place,
      t.name,
      t.kind,
      'The tool ' || t.name || ', which ' || t.purpose || ', was executed: ' || known_as(t.name, e.exe, e.filename) || '.' AS reason,
      -- A number that exists already, and that of root.
      any_matches(e.argv, '^(-u0+|--uid=0+)$') OR matches(cmdline(e.argv), ' (-[a-zA-Z]*u|--uid) 0+( |$)') AS as_root,
      -- passwd -d removes a password, useradd -d names a home directory.
      any_matches(e.argv, '^(--stdin|-[a-zA-Z]*d|--delete)$') AS given,
      any_matches(e.argv, '^(-[mMNrUlo]*p.*|--password(=.*)?)$') AS hash,
      any_matches(e.argv, CASE t.kind WHEN 'password' THEN '^(-[a-zA-Z]*u|--unlock)$' ELSE '^(-[a-zA-Z]*U|--unlock)$' END) AS unlocked,
      any_matches(e.argv, '^(-[a-zA-Z]*[lL]|--lock)$') AS locked,
      any_matches(e.argv, '^(-s.*|--shell(=.*)?)$') AS shell,
      any_matches(e.argv, '^(-[a-zA-Z]*r|-S|--system)$') AS system,
      (
        SELECT min(g.name || ', whose members ' || g.purpose)
        FROM explode(e.argv) AS a(x), privileged_groups AS g
        WHERE array_position(e.argv, a.x) > 1
          AND matches(a.x, '(^|[,=])' || g.name || '(,|$)')
      ) AS powerful
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), account_tools AS t
    WHERE t.name = n.name
      AND NOT any_matches(e.argv, t.pattern)
      -- It shows the defaults for new accounts.
      AND NOT (t.name = 'useradd' AND argc(e.argv) = 2 AND any_matches(e.argv, '^(-D|--defaults)$'))
      -- Names both tables, so that the ancestors are looked at for these tools only.
      AND NOT (t.name <> '' AND has_package_manager(e.ancestors))
  ),
  told AS (
    SELECT
      exec_id,
      place,
      reason,
      CASE
        WHEN as_root AND kind = 'account' THEN 'high It makes an account with all rights of root.'
        WHEN powerful IS NOT NULL AND kind IN ('account', 'group') AND name NOT IN ('groupadd', 'groupmod', 'groupdel', 'addgroup', 'delgroup', 'chage', 'chfn', 'chsh')
          THEN 'high It names the group ' || powerful || '.'
        WHEN kind = 'batch' THEN 'high It reads what to change, with passwords, from a file or its input.'
        WHEN kind = 'expose' THEN 'high Every user can then try to crack them.'
        WHEN kind = 'edit' THEN 'high What is changed does not show.'
        WHEN kind = 'password' AND given THEN 'high It removes a password, or takes one that no person types.'
        WHEN name IN ('useradd', 'usermod') AND hash THEN 'high It sets the hash of a password.'
        WHEN (kind = 'password' OR name = 'usermod') AND unlocked THEN 'high It unlocks an account.'
        WHEN kind = 'remove' THEN 'medium'
        WHEN (kind = 'password' OR name = 'usermod') AND locked THEN 'medium It locks an account.'
        WHEN system AND kind IN ('account', 'group') THEN 'low It adds one for a service.'
        WHEN kind IN ('group', 'convert') OR name = 'chfn' THEN 'low'
        WHEN name = 'chsh' OR (name = 'usermod' AND shell) THEN 'medium It changes a login shell.'
        ELSE 'medium'
      END AS what
    FROM hits
  )
-- A tool known by two names is one finding, told by the first.
SELECT
  exec_id,
  min_by(reason || regexp_extract(what, '^[a-z]+(.*)$', 1), place) AS reason,
  min_by(regexp_extract(what, '^([a-z]+)', 1), place) AS severity
FROM told
GROUP BY exec_id
