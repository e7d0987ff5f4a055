-- SPDX-License-Identifier: Apache-2.0
--
-- The views of a capture in a stock duckdb shell (2.0 or later), from the project's root:
--
--   SET VARIABLE capture = 'sample-captures/sniffing';
--   .read queries/open.sql
--   FROM execs LIMIT 10;
--   .read queries/rules/discovery/net_sniff_tool_exec.sql
--
-- The capture may also be a directory that holds captures at any depth. Nothing here checks evidence: `trailcam verify`
-- does.

SET TimeZone = 'UTC';

-- All columns of the format, so that captures of older recorders have them too.
CREATE OR REPLACE TABLE exec_columns (
  capture_id VARCHAR, cpu INTEGER, seq BIGINT, ts TIMESTAMPTZ, boot_ns BIGINT, clock_offset_ns BIGINT,
  host VARCHAR, boot_id VARCHAR, machine_id VARCHAR, environment VARCHAR, kernel VARCHAR, arch VARCHAR,
  ci_provider VARCHAR, project_path VARCHAR, commit_sha VARCHAR, ref_name VARCHAR, trigger VARCHAR,
  actor VARCHAR, run_id VARCHAR, run_attempt VARCHAR, job VARCHAR, workflow VARCHAR, pid INTEGER, ppid INTEGER,
  ns_pid INTEGER, start_boot_ns BIGINT, uid BIGINT, euid BIGINT, gid BIGINT, login_uid BIGINT,
  session_id BIGINT, tty VARCHAR, caps_effective BIGINT, comm VARCHAR, comm_raw BLOB, filename VARCHAR,
  filename_raw BLOB, interp VARCHAR, interp_raw BLOB, exe VARCHAR, exe_raw BLOB, exe_name VARCHAR,
  argv VARCHAR[], argv_raw BLOB[], argc INTEGER, argv_bytes BIGINT, argv_truncated BOOLEAN, cwd VARCHAR,
  cwd_raw BLOB, env_names VARCHAR[], read_faults VARCHAR[], dev BIGINT, inode BIGINT, mode INTEGER,
  nlink BIGINT, is_memfd BOOLEAN, cgroup VARCHAR, cgroup_raw BLOB, container_id VARCHAR, mnt_ns BIGINT,
  pid_ns BIGINT, net_ns BIGINT, user_ns BIGINT, parent_exe VARCHAR, parent_exe_raw BLOB, parent_argv VARCHAR[],
  parent_argv_raw BLOB[], ancestors STRUCT(pid INTEGER, "start" BIGINT, comm VARCHAR, exe VARCHAR)[]
);

CREATE OR REPLACE TABLE loss_columns (
  capture_id VARCHAR, cpu INTEGER, cause VARCHAR, count BIGINT, from_boot_ns BIGINT, to_boot_ns BIGINT,
  from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ
);

CREATE OR REPLACE VIEW raw_execs AS
FROM exec_columns
UNION ALL BY NAME
FROM read_parquet(getvariable('capture') || '/**/exec-*.parquet', union_by_name = true);

-- Most captures lost nothing and have no file of losses, so all segments are named and those of losses are taken.
CREATE OR REPLACE VIEW raw_losses AS
SELECT capture_id, cpu, cause, count, from_boot_ns, to_boot_ns, from_ts, to_ts
FROM (
  FROM loss_columns
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(getvariable('capture') || '/**/*.parquet', union_by_name = true, filename = 'segment')
  WHERE parse_filename(segment) LIKE 'loss-%'
);

CREATE OR REPLACE VIEW raw_captures AS
WITH
  lines AS (
    SELECT json, filename
    FROM read_json_objects(getvariable('capture') || '/**/manifest.jsonl', format = 'newline_delimited', filename = true)
  ),
  starts AS (SELECT json, filename FROM lines WHERE (json ->> 'type') = 'start'),
  segments AS (
    SELECT
      filename,
      coalesce(sum((json ->> 'rows')::BIGINT) FILTER ((json ->> 'table') = 'exec'), 0)::BIGINT AS recorded,
      coalesce(sum(list_sum((json -> '$.losses.*')::BIGINT[])), 0)::BIGINT AS lost
    FROM lines
    WHERE (json ->> 'type') = 'segment'
    GROUP BY filename
  ),
  ends AS (SELECT json, filename FROM lines WHERE (json ->> 'type') = 'end')
SELECT
  s.json ->> 'capture_id' AS capture_id,
  s.json ->> 'host' AS host,
  s.json ->> 'boot_id' AS boot_id,
  s.json ->> 'machine_id' AS machine_id,
  s.json ->> 'environment' AS environment,
  s.json ->> 'kernel' AS kernel,
  s.json ->> 'arch' AS arch,
  s.json ->> 'scope' AS scope,
  (s.json ->> '$.command[*]') AS command,
  make_timestamptz((s.json ->> '$.clock.real_ns')::BIGINT // 1000) AS started,
  make_timestamptz((e.json ->> '$.clock.real_ns')::BIGINT // 1000) AS ended,
  e.json ->> 'reason' AS end_reason,
  (e.json ->> 'exit_status')::INTEGER AS exit_status,
  (e.json ->> 'executed')::BIGINT AS executed,
  coalesce((e.json ->> 'recorded')::BIGINT, g.recorded, 0) AS recorded,
  coalesce(CASE WHEN e.json IS NOT NULL THEN coalesce(list_sum((e.json -> '$.losses.*')::BIGINT[]), 0) END, g.lost, 0)::BIGINT
    AS lost,
  -- Ended in order. Whether the manifest's chain holds is not looked at here.
  coalesce((e.json ->> 'reason') IN ('command_exited', 'signal'), false) AS complete
FROM starts AS s
LEFT JOIN segments AS g ON g.filename = s.filename
LEFT JOIN ends AS e ON e.filename = s.filename;

.read queries/prelude/prelude.duckdb.sql

CREATE OR REPLACE TABLE net_mitm_tools AS
FROM read_csv('queries/lists/net_mitm_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE net_sniff_tools AS
FROM read_csv('queries/lists/net_sniff_tools.csv', header = true, all_varchar = true);

.read queries/views/captures.sql
.read queries/views/execs.sql
.read queries/views/losses.sql
