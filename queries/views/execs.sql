-- SPDX-License-Identifier: Apache-2.0
-- All that an execution's own row tells. The columns of the capture pass through untouched, so that DuckDB prunes row
-- groups by them: what is computed costs nothing unless a query asks for it.
CREATE OR REPLACE VIEW named_execs AS
SELECT
  left(sha256_hex(boot_id || '|' || pid || '|' || start_boot_ns || '|' || boot_ns), 32) AS exec_id,
  boot_id || ':' || pid || ':' || start_boot_ns AS process_id,
  r.* EXCLUDE (_host, _run, _hosted, _grammar, _names),
  boot_ns + clock_offset_ns AS ts_ns,
  distinct_names(_names) AS program_names,
  nullif(replace(code_of(_grammar, _run), chr(0), ' '), '') AS inline_code
-- A step for each value that the next one uses more than once.
FROM (
  SELECT
    *,
    names_of(
      exe, started_as(exe, filename, argv, comm), _host, _hosted, module_of(_grammar, _run), script_of(_grammar, _run))
      AS _names
  FROM (
    SELECT *, hosted_grammar(_host, _hosted) AS _grammar
    FROM (
      SELECT *, hosted_name(_host, _run) AS _hosted
      FROM (
        SELECT *, hosted(_host, argv) AS _run
        FROM (SELECT *, host_of(exe) AS _host FROM raw_execs)
      )
    )
  )
) AS r;

-- One row per execution. contents has one row for a key and DuckDB can tell: it leaves the join out where nothing of it is
-- asked for.
CREATE OR REPLACE VIEW execs AS
SELECT *
FROM named_execs
LEFT JOIN contents USING (capture_id, dev, inode, size, ctime);
