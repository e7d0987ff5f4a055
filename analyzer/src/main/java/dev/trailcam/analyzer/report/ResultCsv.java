// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes a result as CSV (RFC 4180, but lines end with a line feed), its first line the names of
 * the columns. Null is an empty cell, an empty text is {@code ""}.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front, and what a
 * terminal would act upon becomes an escape. Raw, both are as they were recorded. Numbers are
 * numbers in either.
 */
public final class ResultCsv implements QueryRows {
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^$|^\\s|\\s$");

  private final PrintWriter out;
  private final boolean raw;

  /**
   * The caller flushes.
   *
   * @param raw whether texts are written as they are
   */
  public ResultCsv(PrintWriter out, boolean raw) {
    this.out = out;
    this.raw = raw;
  }

  @Override
  public void columns(List<QueryColumn> columns) {
    List<Object> names = new ArrayList<>();
    columns.forEach(column -> names.add(column.name()));
    row(names);
  }

  @Override
  public void row(List<Object> values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      line.append(i == 0 ? "" : ",").append(cell(values.get(i)));
    }
    out.print(raw ? line.toString() : TerminalText.noCommand(line.toString()));
    out.print('\n');
  }

  private String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = ResultText.of(value);
    if (value instanceof Number || value instanceof Boolean) {
      return text;
    }
    String shown = raw ? text : CsvText.cell(text);
    return QUOTED.matcher(shown).find() ? '"' + shown.replace("\"", "\"\"") + '"' : shown;
  }

  @Override
  public void end() {}
}
