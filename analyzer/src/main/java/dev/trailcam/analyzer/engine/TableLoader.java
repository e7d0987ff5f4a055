// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Puts the rows of segment files into tables. */
interface TableLoader {
  /** The columns it reads. */
  Set<String> columns();

  /** Reads files of one table; called for a batch of files at a time, within a transaction. */
  void load(SegmentReader reader, List<SegmentFile> files) throws SQLException;
}
