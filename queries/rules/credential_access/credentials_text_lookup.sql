-- SPDX-License-Identifier: Apache-2.0
-- id: credentials_text_lookup
-- version: 1
-- title: Credentials were looked up with a text tool
-- description: >-
--   A tool that shows text was told to show a file that holds credentials, or one that searches was told to look for passwords
--   and keys in many files.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0006]
--   techniques: [T1552.001, T1552.003, T1552.004, T1003.008]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0006/
--   - https://attack.mitre.org/techniques/T1552/001/
--   - https://attack.mitre.org/techniques/T1552/003/
--   - https://attack.mitre.org/techniques/T1552/004/
--   - https://attack.mitre.org/techniques/T1003/008/
-- false_positives:
--   - A script of the own system reads the token of its service account, or its own configuration.
--   - A check that no password was committed searches the source.
--   - An administrator looks into a login that fails.
WITH
  tools AS (
    SELECT e.exec_id, e.argv, cmdline(e.argv) AS line, e.cwd, t.name, t.kind
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), text_tools AS t
    WHERE t.name = n.name
      AND t.kind IN ('read', 'search', 'find')
      -- Names both tables, so that the ancestors are looked at for these tools only.
      AND NOT (t.name <> '' AND has_package_manager(e.ancestors))
  ),
  -- Few command lines hold such a word; only their arguments are looked at one by one.
  words AS (
    SELECT *
    FROM tools
    WHERE kind = 'search'
      AND matches(
        line, '(?i)passw(or)?d|passphrase|secret|credential|api.?key|access.?key|private.?key|auth.?token|bearer')
  ),
  signs AS (
    SELECT
      t.exec_id,
      CASE f.severity WHEN 'high' THEN 1 ELSE 3 END AS place,
      f.severity,
      'The text tool ' || t.name || ' was given ' || a.x || ', which holds ' || f.purpose || ' (' || f.tool || ').' AS reason
    FROM tools AS t, LATERAL explode(t.argv) AS a(x), credential_files AS f
    WHERE f.name = basename(a.x)
      AND lies_in(a.x, t.cwd, f.place)
      AND (
        t.kind = 'read'
        -- What is searched for may look like a file's name.
        OR (t.kind = 'search' AND has_substr(a.x, '/'))
      )
    UNION ALL
    -- The worker of a GitHub runner keeps a job's secrets in its memory in this form.
    SELECT
      exec_id,
      1 AS place,
      'high' AS severity,
      'The text tool ' || name || ' searched for the form in which a CI runner keeps the secrets of a job.' AS reason
    FROM tools
    WHERE kind = 'search' AND matches(line, '"isSecret\\?"')
    UNION ALL
    SELECT
      exec_id,
      CASE WHEN wide THEN 2 ELSE 5 END AS place,
      CASE WHEN wide THEN 'high' ELSE 'low' END AS severity,
      'The text tool ' || name || ' searched for ' || x || ' in '
        || CASE WHEN wide THEN 'whole directories of the system.' ELSE 'a directory and all below.' END AS reason
    FROM (
      SELECT
        t.exec_id,
        t.name,
        a.x,
        any_matches(t.argv, '^/((etc|root|proc)(/.*)?|(home|var|opt|srv|mnt|media|usr|run)(/[^/]+)?)?/?$') AS wide
      FROM words AS t, LATERAL explode(t.argv) AS a(x)
      WHERE (
          t.name IN ('rgrep', 'rg', 'ag', 'ack')
          OR any_matches(
            t.argv,
            '^(-[abchHiIlLnoPqsvVwxyzEFGTUZu0-9]*[rR][a-zA-Z]*|--(dereference-)?recursive|--directories=recurse)$')
        )
        AND matches(a.x, '(?i)(passw(or)?d|passphrase|secret|credential|api.?key|access.?key|private.?key|auth.?token|bearer)')
        -- No option, no path, not the program itself; and not the last of several, which is a file or a directory.
        AND NOT matches(a.x, '^-|/')
        AND array_position(t.argv, a.x) > 1
        AND (
          a.x <> arg(t.argv, argc(t.argv))
          OR NOT EXISTS (
            SELECT 1
            FROM explode(t.argv) AS b(y)
            WHERE NOT starts(b.y, '-') AND b.y <> a.x AND array_position(t.argv, b.y) > 1
          )
        )
    ) AS searched
    UNION ALL
    SELECT
      exec_id,
      3 AS place,
      'medium' AS severity,
      'The text tool ' || name || ' searched for keys of cloud or code hosting services by their form.' AS reason
    FROM tools
    WHERE kind = 'search'
      AND matches(line, '(A3T|AKIA|ASIA)[\[(|A-Z0-9]|gh[pousr]_[\[({A-Za-z0-9]|glpat-|xox[abeprs\[]|(?i:aws_secret_access_key)')
    UNION ALL
    SELECT
      t.exec_id,
      4 AS place,
      'medium' AS severity,
      'The tool ' || t.name || ' looked for files called ' || a.x || ' in whole directories of the system.' AS reason
    FROM tools AS t, LATERAL explode(t.argv) AS a(x)
    WHERE t.kind = 'find'
      AND array_position(t.argv, a.x) > 1
      AND NOT starts(a.x, '-')
      AND matches(
        a.x,
        '(?i)^[*./]*(\.(netrc|pgpass|npmrc|pypirc|git-credentials|bash_history|vault-token|env|htpasswd|kube|aws)'
        || '|id_(rsa|dsa|ecdsa|ed25519)|[^/]*(passw(or)?d|credential|secret)[^/]*|[^/]*\.(pem|key|ppk|kdbx?|pfx|p12|jks|ovpn)'
        || '|shadow|wallet\.dat|wp-config\.php|logins\.json|key4\.db)[*]*$')
      AND (
        t.name IN ('locate', 'plocate', 'mlocate')
        OR any_matches(t.argv, '^/((etc|root|proc)(/.*)?|(home|var|opt|srv|mnt|media|usr|run)(/[^/]+)?)?/?$')
      )
  )
-- The gravest sign speaks for the execution; of several as grave the first by its text.
SELECT exec_id, min_by(reason, place) AS reason, min_by(severity, place) AS severity
FROM (
  SELECT exec_id, place, severity, min(reason) AS reason
  FROM signs
  GROUP BY exec_id, place, severity
) AS one
GROUP BY exec_id
