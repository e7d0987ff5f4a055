-- SPDX-License-Identifier: Apache-2.0
-- One row per process that ended, with the program it was running.
-- The join can only add exec_id, so DuckDB leaves it out where nobody asks for that; and the executions are cut down to
-- those that are meant before they are grouped.
CREATE OR REPLACE VIEW exits AS
SELECT
  boot_id || ':' || pid || ':' || start_boot_ns AS process_id,
  r.*,
  boot_ns + clock_offset_ns AS ts_ns,
  boot_ns - start_boot_ns AS run_ns,
  x.exec_id
FROM raw_exits AS r
LEFT JOIN (
  SELECT e.capture_id, e.cpu, e.seq, min(e.exec_id) AS exec_id
  FROM execs AS e
  SEMI JOIN raw_exits AS o ON o.capture_id = e.capture_id AND o.exec_cpu = e.cpu AND o.exec_seq = e.seq
  GROUP BY e.capture_id, e.cpu, e.seq
) AS x ON x.capture_id = r.capture_id AND x.cpu = r.exec_cpu AND x.seq = r.exec_seq;
