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
 * @param value an expression for what is told of it, null where it is null: a BOOLEAN or BIGINT if
 *     it is a number, otherwise text
 * @param least the same for its least value; null where that is not worth asking for
 * @param number whether it is a number
 */
record RowEncoding(String name, String value, String least, boolean number) {
  /** Column of a row's part in what these queries read. */
  static final String PART = "trailcam_p";

  /** Column of a row's place in its part, from 0. */
  static final String ROW = "trailcam_r";

  /** Few values make a piece: one may be megabytes. */
  private static final int VALUES_PER_PIECE = 64;

  /** Every stored column of a table, in the order of the format. */
  static List<RowEncoding> of(Table table) {
    List<RowEncoding> columns = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      ColumnType type = column.type();
      String name = identifier(column.columnName());
      boolean plain = type == ColumnType.STRING || type == ColumnType.TEXT;
      columns.add(
          new RowEncoding(
              column.columnName(),
              value(type, name),
              plain ? value(type, "min(" + name + ")") : null,
              number(type)));
      if (type.text()) {
        String raw = identifier(column.rawName());
        columns.add(
            new RowEncoding(
                column.rawName(),
                type == ColumnType.TEXT_LIST
                    ? list("list_transform(" + raw + ", lambda x: lower(hex(x)))")
                    : counted("lower(hex(" + raw + "))"),
                null,
                false));
      }
    }
    return columns;
  }

  /**
   * What is asked of all rows of a part at once, of a text: whether there is a value, and the value
   * as text if all rows have the same; of a number nothing. Begins with a comma.
   */
  String summary() {
    if (number) {
      return "";
    }
    String column = identifier(name);
    return ", count("
        + column
        + ") > 0, "
        + (least == null
            ? "NULL"
            : "CASE WHEN count("
                + column
                + ") = count(*) AND min("
                + column
                + ") = max("
                + column
                + ") THEN "
                + least
                + " END");
  }

  /**
   * A query for parts and pieces of text, in the order of the parts and of the text.
   *
   * @param from a query for the rows, with {@link #PART} and {@link #ROW}
   */
  String pieces(String from) {
    return "SELECT "
        + PART
        + ", string_agg(v || CASE WHEN last - first + 1 = len(places) THEN '[' || first || '..' ||"
        + " last || ']' ELSE CAST(list_sort(places) AS VARCHAR) END || chr(10), '' ORDER BY"
        + " first) FROM (SELECT "
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

  private static boolean number(ColumnType type) {
    return switch (type) {
      case BOOLEAN, INT32, INT64, TIMESTAMP_MICROS -> true;
      case STRING, TEXT, STRING_LIST, TEXT_LIST, ANCESTORS -> false;
    };
  }

  private static String value(ColumnType type, String column) {
    return switch (type) {
      case STRING, TEXT -> counted(column);
      case BOOLEAN -> column;
      case INT32, INT64 -> "CAST(" + column + " AS BIGINT)";
      case TIMESTAMP_MICROS -> "epoch_us(" + column + ")";
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
