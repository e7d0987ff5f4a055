-- SPDX-License-Identifier: Apache-2.0
-- One row per process that was alive when recording began. Nothing here was executed while somebody watched.
CREATE OR REPLACE VIEW processes AS
SELECT
  boot_id || ':' || pid || ':' || start_boot_ns AS process_id,
  r.*,
  boot_ns + clock_offset_ns AS ts_ns,
  sha256,
  build_id,
  needed
FROM raw_processes AS r
LEFT JOIN contents USING (capture_id, dev, inode, size, ctime);
