-- SPDX-License-Identifier: Apache-2.0
-- One row per execution. The columns of the capture pass through untouched, so that DuckDB prunes row groups by them:
-- what is computed costs nothing unless a query asks for it.
CREATE OR REPLACE VIEW execs AS
SELECT
  left(sha256_hex(boot_id || '|' || pid || '|' || start_boot_ns || '|' || boot_ns), 32) AS exec_id,
  boot_id || ':' || pid || ':' || start_boot_ns AS process_id,
  r.*,
  boot_ns + clock_offset_ns AS ts_ns,
  names_of(exe, filename, argv, comm) AS program_names
FROM raw_execs AS r;
