// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.novelty.Act;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Keeps of executions what they agree in, and how many did: a base may be a thousand runs. */
record ActLoader(Session session) implements TableLoader {
  /** The columns of an {@link Act}, in the order in which {@link #act} reads them. */
  static final String COLUMNS = "exe, argv, argv_truncated, cwd, uid, euid, parent_exe";

  private static final Set<String> READ =
      Set.of("capture_id", "exe", "argv", "argv_truncated", "cwd", "uid", "euid", "parent_exe");

  /** Makes the table, empty. */
  static ActLoader create(Session session) throws SQLException {
    session.execute(
        "CREATE TABLE acts (exe VARCHAR, argv VARCHAR[], argv_truncated BOOLEAN, cwd VARCHAR, uid BIGINT, euid BIGINT,"
            + " parent_exe VARCHAR, capture_id VARCHAR, n BIGINT)");
    return new ActLoader(session);
  }

  @Override
  public Set<String> columns() {
    return READ;
  }

  @Override
  public void load(SegmentReader reader, List<SegmentFile> files) throws SQLException {
    session.execute(
        "INSERT INTO acts SELECT "
            + COLUMNS
            + ", capture_id, count(*) FROM ("
            + reader.select(files, READ)
            + ") GROUP BY ALL");
  }

  /** The act in the first seven columns of a row. */
  static Act act(ResultSet row, Arguments arguments) throws SQLException {
    return new Act(
        row.getString(1),
        arguments.of(row.getArray(2)),
        row.getBoolean(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getString(7));
  }
}
