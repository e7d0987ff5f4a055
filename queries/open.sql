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
  cwd_raw BLOB, secrets_masked INTEGER, env_names VARCHAR[], read_faults VARCHAR[], dev BIGINT, inode BIGINT,
  mode INTEGER, nlink BIGINT, is_memfd BOOLEAN, is_upper_layer BOOLEAN, size BIGINT, mtime TIMESTAMPTZ,
  ctime TIMESTAMPTZ, fs_magic BIGINT, cgroup VARCHAR, cgroup_raw BLOB, container_id VARCHAR, mnt_ns BIGINT,
  pid_ns BIGINT, net_ns BIGINT, user_ns BIGINT, parent_exe VARCHAR, parent_exe_raw BLOB, parent_argv VARCHAR[],
  parent_argv_raw BLOB[], ancestors STRUCT(pid INTEGER, "start" BIGINT, comm VARCHAR, exe VARCHAR)[]
);

CREATE OR REPLACE TABLE exit_columns (
  capture_id VARCHAR, boot_id VARCHAR, ts TIMESTAMPTZ, boot_ns BIGINT, clock_offset_ns BIGINT, pid INTEGER,
  ppid INTEGER, start_boot_ns BIGINT, uid BIGINT, euid BIGINT, comm VARCHAR, comm_raw BLOB, exec_cpu INTEGER,
  exec_seq BIGINT, exit_code INTEGER, signal INTEGER, core_dumped BOOLEAN, user_cpu_ns BIGINT,
  system_cpu_ns BIGINT
);

CREATE OR REPLACE TABLE failed_columns (
  capture_id VARCHAR, boot_id VARCHAR, ts TIMESTAMPTZ, boot_ns BIGINT, clock_offset_ns BIGINT, pid INTEGER,
  ppid INTEGER, start_boot_ns BIGINT, uid BIGINT, euid BIGINT, comm VARCHAR, comm_raw BLOB, exec_cpu INTEGER,
  exec_seq BIGINT, filename VARCHAR, filename_raw BLOB, argv VARCHAR[], argv_raw BLOB[],
  argv_truncated BOOLEAN, secrets_masked INTEGER, cwd VARCHAR, cwd_raw BLOB, read_faults VARCHAR[],
  errno INTEGER
);

CREATE OR REPLACE TABLE socket_columns (
  capture_id VARCHAR, boot_id VARCHAR, ts TIMESTAMPTZ, boot_ns BIGINT, clock_offset_ns BIGINT, pid INTEGER,
  ppid INTEGER, start_boot_ns BIGINT, uid BIGINT, euid BIGINT, comm VARCHAR, comm_raw BLOB, exec_cpu INTEGER,
  exec_seq BIGINT, action VARCHAR, family INTEGER, socket_type INTEGER, protocol INTEGER, errno INTEGER
);

CREATE OR REPLACE TABLE process_columns (
  capture_id VARCHAR, cpu INTEGER, seq BIGINT, ts TIMESTAMPTZ, boot_ns BIGINT, clock_offset_ns BIGINT,
  host VARCHAR, boot_id VARCHAR, machine_id VARCHAR, environment VARCHAR, kernel VARCHAR, arch VARCHAR,
  pid INTEGER, ppid INTEGER, ns_pid INTEGER, start_boot_ns BIGINT, uid BIGINT, euid BIGINT, gid BIGINT,
  login_uid BIGINT, session_id BIGINT, tty VARCHAR, caps_effective BIGINT, comm VARCHAR, comm_raw BLOB,
  exe VARCHAR, exe_raw BLOB, exe_name VARCHAR, argv VARCHAR[], argv_raw BLOB[], argv_bytes BIGINT,
  argv_truncated BOOLEAN, cwd VARCHAR, cwd_raw BLOB, secrets_masked INTEGER, read_faults VARCHAR[], dev BIGINT,
  inode BIGINT, mode INTEGER, nlink BIGINT, is_memfd BOOLEAN, is_upper_layer BOOLEAN, size BIGINT,
  mtime TIMESTAMPTZ, ctime TIMESTAMPTZ, fs_magic BIGINT, cgroup VARCHAR, cgroup_raw BLOB, container_id VARCHAR,
  mnt_ns BIGINT, pid_ns BIGINT, net_ns BIGINT, user_ns BIGINT
);

CREATE OR REPLACE TABLE file_columns (
  capture_id VARCHAR, dev BIGINT, inode BIGINT, size BIGINT, ctime TIMESTAMPTZ, path VARCHAR,
  path_raw BLOB, sha256 VARCHAR, build_id VARCHAR, needed VARCHAR[], needed_raw BLOB[], interpreter VARCHAR,
  interpreter_raw BLOB, missing VARCHAR
);

CREATE OR REPLACE TABLE loss_columns (
  capture_id VARCHAR, cpu INTEGER, event VARCHAR, cause VARCHAR, count BIGINT, from_boot_ns BIGINT,
  to_boot_ns BIGINT, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ
);

CREATE OR REPLACE VIEW raw_execs AS
FROM exec_columns
UNION ALL BY NAME
FROM read_parquet(getvariable('capture') || '/**/exec-*.parquet', union_by_name = true);

-- A capture need not have a segment of every other table, and a pattern without a file is an error. So all segments are
-- named, those of one table are taken, and of all columns there are only that table's.
SET VARIABLE columns_of = (
  SELECT map_from_entries(list((table_name, names)))
  FROM (
    SELECT table_name, list(column_name) AS names
    FROM duckdb_columns()
    WHERE table_name LIKE '%\_columns' ESCAPE '\'
    GROUP BY table_name
  )
);

CREATE OR REPLACE MACRO segments_of(prefix) AS TABLE
SELECT COLUMNS(lambda c: c IN getvariable('columns_of')[prefix || '_columns'])
FROM read_parquet(getvariable('capture') || '/**/*.parquet', union_by_name = true, filename = 'segment')
WHERE starts_with(parse_filename(segment), prefix || '-');

CREATE OR REPLACE VIEW raw_exits AS FROM exit_columns UNION ALL BY NAME FROM segments_of('exit');
CREATE OR REPLACE VIEW raw_failed_execs AS FROM failed_columns UNION ALL BY NAME FROM segments_of('failed');
CREATE OR REPLACE VIEW raw_raw_sockets AS FROM socket_columns UNION ALL BY NAME FROM segments_of('socket');
CREATE OR REPLACE VIEW raw_processes AS FROM process_columns UNION ALL BY NAME FROM segments_of('process');
CREATE OR REPLACE VIEW raw_files AS FROM file_columns UNION ALL BY NAME FROM segments_of('file');
CREATE OR REPLACE VIEW raw_losses AS FROM loss_columns UNION ALL BY NAME FROM segments_of('loss');

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
      coalesce(sum(list_sum((json -> '$.losses.*')::BIGINT[])), 0)::BIGINT AS lost,
      coalesce(sum(list_sum((json -> '$.lost_events.*')::BIGINT[])), 0)::BIGINT AS lost_events
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
  coalesce(
    CASE WHEN e.json IS NOT NULL THEN coalesce(list_sum((e.json -> '$.events.*.lost')::BIGINT[]), 0) END,
    g.lost_events,
    0)::BIGINT AS lost_events,
  -- Ended in order. Whether the manifest's chain holds is not looked at here.
  coalesce((e.json ->> 'reason') IN ('command_exited', 'signal'), false) AS complete
FROM starts AS s
LEFT JOIN segments AS g ON g.filename = s.filename
LEFT JOIN ends AS e ON e.filename = s.filename;

.read queries/prelude/prelude.duckdb.sql

CREATE OR REPLACE TABLE account_tools AS
FROM read_csv('queries/lists/account_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE code_fragments AS
FROM read_csv('queries/lists/code_fragments.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE command_prefixes AS
FROM read_csv('queries/lists/command_prefixes.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE container_managers AS
FROM read_csv('queries/lists/container_managers.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE container_runtimes AS
FROM read_csv('queries/lists/container_runtimes.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE credential_files AS
FROM read_csv('queries/lists/credential_files.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE crypto_miners AS
FROM read_csv('queries/lists/crypto_miners.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE crypto_mining_pools AS
FROM read_csv('queries/lists/crypto_mining_pools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE data_encoders AS
FROM read_csv('queries/lists/data_encoders.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE denial_of_service_tools AS
FROM read_csv('queries/lists/denial_of_service_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE file_copy_tools AS
FROM read_csv('queries/lists/file_copy_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE hidden_program_dirs AS
FROM read_csv('queries/lists/hidden_program_dirs.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE interpreters AS
FROM read_csv('queries/lists/interpreters.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE libpcap_users AS
FROM read_csv('queries/lists/libpcap_users.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE memory_executables AS
FROM read_csv('queries/lists/memory_executables.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE net_mitm_tools AS
FROM read_csv('queries/lists/net_mitm_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE net_scan_tools AS
FROM read_csv('queries/lists/net_scan_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE net_sniff_tools AS
FROM read_csv('queries/lists/net_sniff_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE network_clients AS
FROM read_csv('queries/lists/network_clients.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE packet_socket_users AS
FROM read_csv('queries/lists/packet_socket_users.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE password_attack_tools AS
FROM read_csv('queries/lists/password_attack_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE preload_launchers AS
FROM read_csv('queries/lists/preload_launchers.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE privileged_groups AS
FROM read_csv('queries/lists/privileged_groups.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE service_managers AS
FROM read_csv('queries/lists/service_managers.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE shells AS
FROM read_csv('queries/lists/shells.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE text_tools AS
FROM read_csv('queries/lists/text_tools.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE tool_uses AS
FROM read_csv('queries/lists/tool_uses.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE unusual_dirs AS
FROM read_csv('queries/lists/unusual_dirs.csv', header = true, all_varchar = true);
CREATE OR REPLACE TABLE web_servers AS
FROM read_csv('queries/lists/web_servers.csv', header = true, all_varchar = true);

-- In the order in which one needs the other, which is that of their names.
.read queries/views/captures.sql
.read queries/views/contents.sql
.read queries/views/execs.sql
.read queries/views/exits.sql
.read queries/views/failed_execs.sql
.read queries/views/files.sql
.read queries/views/losses.sql
.read queries/views/processes.sql
.read queries/views/raw_sockets.sql
