// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What a column of a segment says, as text that does not depend on how it is stored: {@code
 * docs/compaction.md} has the definition, and these are queries for it. Numbers are told one by
 * one. Texts and lists are told once with the rows that have them, because they repeat.
 *
 * @param name the column
 * @param value an expression for its value as text, null where it is null
 * @param repeats whether values are told once
 */
record RowEncoding(String name, String value, boolean repeats) {
  /** Column of a row's part in what these queries read. */
  static final String PART = "trailcam_p";

  /** Column of a row's place in its part, from 0. */
  static final String ROW = "trailcam_r";

  /** Few values make a piece: one may be megabytes. */
  private static final int VALUES_PER_PIECE = 64;

  private static final int NUMBERS_PER_PIECE = 4_096;

  /** Every stored column of a table, in the order of the format. */
  static List<RowEncoding> of(Table table) {
    List<RowEncoding> columns = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      ColumnType type = column.type();
      columns.add(
          new RowEncoding(
              column.columnName(), value(type, identifier(column.columnName())), repeats(type)));
      if (type.text()) {
        String raw = identifier(column.rawName());
        columns.add(
            new RowEncoding(
                column.rawName(),
                type == ColumnType.TEXT_LIST
                    ? list("list_transform(" + raw + ", lambda x: lower(hex(x)))")
                    : counted("lower(hex(" + raw + "))"),
                true));
      }
    }
    return columns;
  }

  /**
   * A query for parts, pieces of text in the order of the parts and of the text, and how many
   * values are in them that are not null.
   *
   * @param from a query for the rows, with {@link #PART} and {@link #ROW}
   */
  String pieces(String from) {
    return repeats ? repeated(from) : each(from);
  }

  /** The engine takes rows as they come, and is asked whether they came in their order. */
  private String each(String from) {
    return "SELECT "
        + PART
        + ", CASE WHEN list("
        + ROW
        + ") = range(min("
        + ROW
        + "), max("
        + ROW
        + ") + 1) THEN string_agg(coalesce("
        + value
        + ", '-'), ',') || ',' ELSE error('rows came out of order') END, count("
        + identifier(name)
        + ") FROM ("
        + from
        + ") GROUP BY "
        + PART
        + ", "
        + ROW
        + " // "
        + NUMBERS_PER_PIECE
        + " ORDER BY "
        + PART
        + ", min("
        + ROW
        + ")";
  }

  private String repeated(String from) {
    return "SELECT "
        + PART
        + ", string_agg(v || CASE WHEN last - first + 1 = len(places) THEN '[' || first || '..' ||"
        + " last || ']' ELSE CAST(list_sort(places) AS VARCHAR) END || chr(10), '' ORDER BY"
        + " first), count(*) FROM (SELECT "
        + PART
        + ", "
        + value
        + " AS v, list("
        + ROW
        + ") AS places, min("
        + ROW
        + ") AS first, max("
        + ROW
        + ") AS last FROM ("
        + from
        + ") WHERE "
        + identifier(name)
        + " IS NOT NULL GROUP BY "
        + PART
        + ", "
        + identifier(name)
        + ") GROUP BY "
        + PART
        + ", first // "
        + VALUES_PER_PIECE
        + " ORDER BY "
        + PART
        + ", min(first)";
  }

  private static boolean repeats(ColumnType type) {
    return switch (type) {
      case BOOLEAN, INT32, INT64, TIMESTAMP_MICROS -> false;
      case STRING, TEXT, STRING_LIST, TEXT_LIST, ANCESTORS -> true;
    };
  }

  private static String value(ColumnType type, String column) {
    return switch (type) {
      case STRING, TEXT -> counted(column);
      case BOOLEAN, INT32, INT64 -> "CAST(" + column + " AS VARCHAR)";
      case TIMESTAMP_MICROS -> "CAST(epoch_us(" + column + ") AS VARCHAR)";
      case STRING_LIST, TEXT_LIST -> list(column);
      case ANCESTORS ->
          // A null among them is not one of which nothing is known.
          "concat(CASE WHEN list_count("
              + column
              + ") < len("
              + column
              + ") THEN "
              + each(column, "x IS NOT NULL")
              + " END, "
              + each(column, "x.pid")
              + ", "
              + each(column, "x.\"start\"")
              + ", "
              + list("list_transform(" + column + ", lambda x: x.comm)")
              + ", "
              + list("list_transform(" + column + ", lambda x: x.exe)")
              + ")";
    };
  }

  /** Lengths first: what is behind them can be read only one way. */
  private static String list(String texts) {
    return "concat(" + each(texts, "strlen(x)") + ", array_to_string(" + texts + ", ''))";
  }

  private static String each(String list, String element) {
    return "CAST(list_transform(" + list + ", lambda x: " + element + ") AS VARCHAR)";
  }

  private static String counted(String value) {
    return "strlen(" + value + ") || ':' || " + value;
  }
}
