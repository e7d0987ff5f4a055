-- SPDX-License-Identifier: Apache-2.0
-- What is known of the content that a device, inode, size and time of change stood for: files, one row for each key.
CREATE OR REPLACE VIEW contents AS
SELECT
  capture_id,
  dev,
  inode,
  size,
  ctime,
  agreed(sha256) AS sha256,
  agreed(build_id) AS build_id,
  agreed(needed) AS needed
FROM raw_files
GROUP BY capture_id, dev, inode, size, ctime;
