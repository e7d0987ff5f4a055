-- SPDX-License-Identifier: Apache-2.0
-- id: crypto_miner_execution
-- version: 1
-- title: A crypto miner was executed
-- description: >-
--   A program made to mine crypto currency was executed, or a program of any name with arguments that only miners have: the
--   address of a mining pool, a wallet of Monero, options of well-known miners.
-- severity: critical
-- status: test
-- attack:
--   tactics: [TA0040]
--   techniques: [T1496, T1496.001]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0040/
--   - https://attack.mitre.org/techniques/T1496/001/
--   - https://xmrig.com/docs/miner/command-line-options
-- false_positives:
--   - Developers of mining software run what they build, or its benchmark.
--   - The operator of the machine mines on purpose.
WITH
  -- A rough look at the whole command line, since it costs a fraction of a look at each argument: few get past it.
  suspects AS (
    SELECT exec_id, exe, program_names, argv
    FROM execs
    WHERE matches(
        cmdline(argv),
        '(?i)stratum|ethproxy|\.[a-z]{2,10}:[0-9]{2,5}( |$)|--(donate-|cpu-max-threads-hint|randomx-|cryptonight|nicehash|rig-id)'
        || '|(^| |=)(rx/|cn[/-]|randomx|cryptonight|kawpow|etchash|autolykos2)')
      OR (length(cmdline(argv)) >= 95 AND matches(cmdline(argv), '[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}'))
  ),
  signs AS (
    SELECT
      e.exec_id,
      100 + array_position(e.program_names, t.name) AS place,
      'The crypto miner ' || t.tool || ' was executed: ' || known_as(t.name, e.exe, e.filename) || '. It ' || t.purpose || '.'
        AS reason
    FROM execs AS e, LATERAL explode(e.program_names) AS n(name), crypto_miners AS t
    WHERE t.name = n.name
    UNION ALL
    SELECT
      exec_id,
      200 AS place,
      'It was given the address of a mining pool: an argument is a URL of the protocol Stratum, which only miners speak.' AS reason
    FROM suspects
    WHERE any_matches(argv, '(?i)^(-[a-z]|--?[a-z-]+=)?(stratum[12s]?|ethproxy|ethstratum)(\+[a-z0-9]+)?://')
    UNION ALL
    SELECT
      e.exec_id,
      300 AS place,
      'It was given the address of the mining pool ' || p.tool || '.' AS reason
    FROM suspects AS e, LATERAL explode(e.argv) AS a(x), crypto_mining_pools AS p
    WHERE p.name = lower(regexp_extract(a.x, '([A-Za-z0-9-]+\.[A-Za-z]+):[0-9]+$', 1))
    UNION ALL
    SELECT
      exec_id,
      400 AS place,
      'It was given options that only crypto miners have.' AS reason
    FROM suspects
    WHERE any_matches(
        argv,
        '(?i)^--(donate-level|donate-over-proxy|cpu-max-threads-hint|randomx-[a-z0-9-]+|cryptonight[a-z0-9-]*|nicehash|rig-id)(=.*)?$')
      OR (
        any_matches(
          argv,
          '(?i)^(--?(a|algo|algorithm|coin)=)?(rx/(0|wow|arq|sfx|keva|graft)|cn(-heavy|-lite|-pico)?/[a-z0-9]+'
          || '|randomx|cryptonight(v[0-9])?|kawpow|etchash|autolykos2)$')
        AND any_matches(argv, '(?i)^--?(a|algo|algorithm|coin)(=.*)?$')
      )
    UNION ALL
    SELECT
      exec_id,
      500 AS place,
      'It was given a wallet: an argument is an address of Monero.' AS reason
    FROM suspects
    WHERE any_matches(argv, '^(-u|--?[a-z-]+=)?[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}([.+/:@].*)?$')
  ),
  -- Programs that show or look for such text, or that execute what their arguments name, which is an execution of its own.
  -- Outside of the system's directories a name says nothing.
  bystanders AS (
    SELECT e.exec_id
    FROM suspects AS e, LATERAL explode(e.program_names) AS n(name)
    WHERE n.name IN (SELECT name FROM command_prefixes UNION SELECT name FROM text_tools)
      AND in_system_bin(e.exe)
  ),
  told AS (
    SELECT exec_id, min_by(reason, place) AS reason, min(place) AS place
    FROM (
      -- Two pools in one command line: what is said must not depend on the order of rows.
      SELECT exec_id, place, min(reason) AS reason
      FROM signs
      WHERE place < 200 OR exec_id NOT IN (SELECT exec_id FROM bystanders)
      GROUP BY exec_id, place
    ) AS one
    GROUP BY exec_id
  )
SELECT
  t.exec_id,
  min(
    CASE
      WHEN any_matches(e.argv, '^(--(help|version|print-platforms|bench(=.*)?|stress|benchmark)|-V)$')
        THEN t.reason || ' It was only asked about itself or its speed.'
      ELSE t.reason
    END) AS reason,
  min(
    CASE
      WHEN any_matches(e.argv, '^(--(help|version|print-platforms|bench(=.*)?|stress|benchmark)|-V)$') THEN 'low'
      WHEN t.place = 500 THEN 'high'
      ELSE 'critical'
    END) AS severity
FROM told AS t
JOIN execs AS e ON e.exec_id = t.exec_id
GROUP BY t.exec_id
