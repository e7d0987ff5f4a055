// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The columns a segment file of a table must and may have. Types are stated, never taken from a
 * file: otherwise one file with a textual pid would make pid text in all of them.
 */
final class SegmentSchema {

  /**
   * A column as it is stored.
   *
   * @param name its name in the file and in {@code raw_…}
   * @param type its DuckDB type
   * @param mandatory whether every file must have it
   */
  record Stored(String name, String type, boolean mandatory) {}

  private final List<Stored> columns = new ArrayList<>();

  private SegmentSchema(Table table) {
    for (Column column : table.storedColumns()) {
      columns.add(new Stored(column.columnName(), column.type().sql(), !column.nullable()));
      if (column.type().text()) {
        columns.add(new Stored(column.rawName(), column.type().rawSql(), false));
      }
    }
  }

  static SegmentSchema of(Table table) {
    return new SegmentSchema(table);
  }

  List<Stored> columns() {
    return columns;
  }

  /** Every column with its type, as in CREATE TABLE. */
  String definition() {
    return columns.stream()
        .map(column -> identifier(column.name()) + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  /** Every column by name. */
  String names() {
    return columns.stream()
        .map(column -> identifier(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** Every column for files that have only some: the others are null. */
  String selection(Set<String> present) {
    return columns.stream()
        .map(
            column ->
                present.contains(column.name())
                    ? identifier(column.name())
                    : "CAST(NULL AS " + column.type() + ") AS " + identifier(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** A condition that holds for rows that lack what every row must have. */
  String lacksMandatory() {
    return columns.stream()
        .filter(Stored::mandatory)
        .map(column -> identifier(column.name()) + " IS NULL")
        .collect(Collectors.joining(" OR "));
  }

  /** What is wrong with a file that has columns of these types; empty when nothing is. */
  String mismatch(Map<String, String> types) {
    List<String> wrong = new ArrayList<>();
    for (Stored column : columns) {
      String type = types.get(column.name());
      if (type == null) {
        if (column.mandatory()) {
          wrong.add("lacks column " + column.name());
        }
      } else if (!type.equals(column.type())) {
        wrong.add("column " + column.name() + " is " + type + " instead of " + column.type());
      }
    }
    return String.join("; ", wrong);
  }

  /** Those of the file's columns that are ours; the others are of a later version. */
  Set<String> present(Map<String, String> types) {
    Set<String> present = new TreeSet<>();
    for (Stored column : columns) {
      if (types.containsKey(column.name())) {
        present.add(column.name());
      }
    }
    return present;
  }
}
