// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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

  /** Every column by name. */
  Set<String> names() {
    return columns.stream().map(Stored::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those of the columns that are wanted, with their types, as in CREATE TABLE. */
  String definition(Set<String> wanted) {
    return list(wanted, column -> identifier(column.name()) + " " + column.type());
  }

  /** Those of the columns that are wanted, by name. */
  String names(Set<String> wanted) {
    return list(wanted, column -> identifier(column.name()));
  }

  /** Wanted columns of files that have only some: the others are null. */
  String selection(Set<String> present, Set<String> wanted) {
    return list(
        wanted,
        column ->
            present.contains(column.name())
                ? identifier(column.name())
                : "CAST(NULL AS " + column.type() + ") AS " + identifier(column.name()));
  }

  /**
   * Every column over a table that has only some. Asking for another one is an error and no null,
   * which would hide something.
   */
  String selectionLoaded(Set<String> loaded) {
    return list(
        names(),
        column ->
            loaded.contains(column.name())
                ? identifier(column.name())
                : "CAST(error("
                    + literal("column " + column.name() + " was not loaded")
                    + ") AS "
                    + column.type()
                    + ") AS "
                    + identifier(column.name()));
  }

  private String list(Set<String> wanted, Function<Stored, String> item) {
    return columns.stream()
        .filter(column -> wanted.contains(column.name()))
        .map(item)
        .collect(Collectors.joining(", "));
  }

  /** Columns every row must have a value of. */
  Set<String> mandatory() {
    return columns.stream()
        .filter(Stored::mandatory)
        .map(Stored::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
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
