// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a result as JSON Lines that the engine can make a Parquet file of, and says which types
 * its columns are to have. What has no type of its own there is text, as it is in CSV: a number of
 * more than 64 bits would become a fraction.
 */
public final class ParquetRows implements QueryRows {
  private static final String TEXT = "VARCHAR";

  private final PrintWriter out;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  /** The caller flushes. */
  public ParquetRows(PrintWriter out) {
    this.out = out;
  }

  /**
   * Names of the columns and their types in SQL, known once they were written. The names are what
   * the query made them; here they hold nothing unprintable, and differ whatever their case.
   */
  public Map<String, String> types() {
    return types;
  }

  @Override
  public void columns(List<QueryColumn> columns) {
    Set<String> taken = new HashSet<>();
    for (QueryColumn column : columns) {
      String plain = column.name().isEmpty() ? "column" : TerminalText.plain(column.name());
      String name = plain;
      for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = plain + "_" + i;
      }
      names.add(name);
      types.put(name, type(column.type()));
    }
  }

  /** None is the engine's own name as it is: those hold names from the query. */
  private static String type(String type) {
    return switch (type) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          "BIGINT";
      case "UBIGINT" -> "UBIGINT";
      case "FLOAT", "DOUBLE" -> "DOUBLE";
      case "BOOLEAN" -> "BOOLEAN";
      case "DATE" -> "DATE";
      case "TIMESTAMP" -> "TIMESTAMP";
      case "TIMESTAMP WITH TIME ZONE" -> "TIMESTAMPTZ";
      case "VARCHAR[]" -> "VARCHAR[]";
      default -> TEXT;
    };
  }

  @Override
  public void row(List<Object> values) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      boolean text = value != null && types.get(names.get(i)).equals(TEXT);
      document.put(names.get(i), text ? ResultText.of(value) : value);
    }
    Json.compact(document, out);
    out.print('\n');
  }

  @Override
  public void end() {}
}
