// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The executions that rules found, with all that is recorded of them. The one thing that a hunt
 * needs of a replay besides its result.
 */
@FunctionalInterface
interface FoundRows {
  /**
   * Writes them as Parquet: every stored column of {@code execs}, {@code found_exec_id}, and the
   * segment they are of as {@code found_file} and {@code found_sha256}; a row for every capture
   * that holds the execution.
   *
   * @param file a name in a private directory that is not taken yet
   */
  void write(Path file) throws SQLException, IOException;
}
