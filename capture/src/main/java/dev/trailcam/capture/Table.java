// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.List;

/** A kind of rows in a capture: its SQL name, its segment files' prefix, its columns in order. */
public enum Table {
  EXECS("execs", "exec", List.of(ExecColumn.values())),
  LOSSES("losses", "loss", List.of(LossColumn.values()));

  private final String sqlName;
  private final String filePrefix;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final List<Column> columns;

  Table(String sqlName, String filePrefix, List<? extends Column> columns) {
    this.sqlName = sqlName;
    this.filePrefix = filePrefix;
    this.columns = List.copyOf(columns);
  }

  public String sqlName() {
    return sqlName;
  }

  /** Prefix of segment files, and the table's name in the manifest. */
  public String filePrefix() {
    return filePrefix;
  }

  /** Every column, derived ones included, in the order of the format. */
  public List<Column> columns() {
    return columns;
  }

  /** The columns a segment file holds. */
  public List<Column> storedColumns() {
    return columns.stream().filter(column -> !column.derived()).toList();
  }
}
