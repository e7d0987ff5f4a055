// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * The closed set of types a column can have: only what DuckDB and Spark both read (no nanosecond
 * timestamps, no UUIDs, no unsigned integers).
 *
 * <p>{@link #TEXT} and {@link #TEXT_LIST} hold bytes that strangers chose. They are stored as UTF-8
 * with U+FFFD for every byte sequence that is none, and the exact bytes stay in a companion column
 * ({@link Column#rawName()}).
 */
public enum ColumnType {
  BOOLEAN("BOOLEAN"),
  INT32("INTEGER"),
  INT64("BIGINT"),
  /** Microseconds since 1970-01-01T00:00:00Z, adjusted to UTC. */
  TIMESTAMP_MICROS("TIMESTAMP WITH TIME ZONE"),
  /** Text that is valid UTF-8 by construction: ids, enumerations, what the recorder wrote. */
  STRING("VARCHAR"),
  STRING_LIST("VARCHAR[]"),
  /** Text from outside, see above. */
  TEXT("VARCHAR"),
  TEXT_LIST("VARCHAR[]"),
  /** List of {pid INT32, start INT64, comm STRING, exe STRING}, nearest ancestor first. */
  ANCESTORS("STRUCT(pid INTEGER, \"start\" BIGINT, comm VARCHAR, exe VARCHAR)[]");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  /** The type's name in DuckDB, as {@code DESCRIBE} prints it. */
  public String sql() {
    return sql;
  }

  /** Whether the values come from outside and may be no valid UTF-8. */
  public boolean text() {
    return this == TEXT || this == TEXT_LIST;
  }

  /** DuckDB's name for the companion that holds the exact bytes. */
  public String rawSql() {
    return this == TEXT_LIST ? "BLOB[]" : "BLOB";
  }
}
