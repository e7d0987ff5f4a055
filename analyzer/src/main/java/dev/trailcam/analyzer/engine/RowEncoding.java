// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row says, as text that does not depend on how it is stored: {@code docs/compaction.md} has
 * the definition, and this is the expression for it. A column without a value adds nothing, so rows
 * say the same whether their file lacks a column or holds NULL in it.
 */
final class RowEncoding {
  private RowEncoding() {}

  /** An expression for the SHA-256 of a row of a table, 64 hexadecimal digits. */
  static String sha256(Table table) {
    List<String> parts = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      parts.add(named(column.columnName(), value(column.type(), identifier(column.columnName()))));
      if (column.type().text()) {
        String raw = identifier(column.rawName());
        parts.add(
            named(
                column.rawName(),
                column.type() == ColumnType.TEXT_LIST
                    ? list(raw, counted("lower(hex(x))"))
                    : counted("lower(hex(" + raw + "))")));
      }
    }
    return "sha256(concat(" + String.join(", ", parts) + "))";
  }

  private static String named(String name, String value) {
    return literal(name + "=") + " || " + value + " || chr(10)";
  }

  private static String value(ColumnType type, String column) {
    return switch (type) {
      case STRING, TEXT -> counted(column);
      case BOOLEAN, INT32, INT64 -> counted("CAST(" + column + " AS VARCHAR)");
      case TIMESTAMP_MICROS -> counted("CAST(epoch_us(" + column + ") AS VARCHAR)");
      case STRING_LIST, TEXT_LIST -> list(column, counted("x"));
      case ANCESTORS ->
          list(
              column,
              "CASE WHEN x IS NOT NULL THEN concat('4:', "
                  + String.join(
                      ", ",
                      item(counted("CAST(x.pid AS VARCHAR)")),
                      item(counted("CAST(x.\"start\" AS VARCHAR)")),
                      item(counted("x.comm")),
                      item(counted("x.exe")))
                  + ") END");
    };
  }

  /**
   * Null where the list is null. It begins with how many elements there are: each says where it
   * ends, and the length of the whole would have to be computed from all of them.
   */
  private static String list(String column, String element) {
    return "len("
        + column
        + ") || ':' || array_to_string(list_transform("
        + column
        + ", lambda x: "
        + item(element)
        + "), '')";
  }

  /** An element that is null is a minus sign. */
  private static String item(String value) {
    return "coalesce(" + value + ", '-')";
  }

  /** A length in bytes, so that no value can look like two, or like the next column. */
  private static String counted(String value) {
    return "strlen(" + value + ") || ':' || " + value;
  }
}
