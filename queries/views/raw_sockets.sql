-- SPDX-License-Identifier: Apache-2.0
-- One row per call that opened a socket which sees other programs' packets, or made one see more.
-- The join can only add exec_id, so DuckDB leaves it out where nobody asks for that; and the executions are cut down to
-- those that are meant before they are grouped.
CREATE OR REPLACE VIEW raw_sockets AS
SELECT
  boot_id || ':' || pid || ':' || start_boot_ns AS process_id,
  r.*,
  boot_ns + clock_offset_ns AS ts_ns,
  x.exec_id
FROM raw_raw_sockets AS r
LEFT JOIN (
  SELECT e.capture_id, e.cpu, e.seq, min(e.exec_id) AS exec_id
  FROM execs AS e
  SEMI JOIN raw_raw_sockets AS o ON o.capture_id = e.capture_id AND o.exec_cpu = e.cpu AND o.exec_seq = e.seq
  GROUP BY e.capture_id, e.cpu, e.seq
) AS x ON x.capture_id = r.capture_id AND x.cpu = r.exec_cpu AND x.seq = r.exec_seq;
