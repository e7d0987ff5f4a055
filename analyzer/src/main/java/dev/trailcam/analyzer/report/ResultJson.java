// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a result as JSON, an object for each row: one array of them, or one per line. Whole
 * numbers have all their digits, however many; a reader that takes them for fractions is to blame.
 * An array that is not closed is a result that is not whole.
 */
public final class ResultJson implements QueryRows {
  private final PrintWriter out;
  private final boolean lines;
  private final List<String> names = new ArrayList<>();
  private boolean any;

  /**
   * The caller flushes.
   *
   * @param lines whether each row is a document of its own
   */
  public ResultJson(PrintWriter out, boolean lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void columns(List<QueryColumn> columns) {
    columns.forEach(column -> names.add(unused(column.name())));
    out.print(lines ? "" : "[");
  }

  /** No two columns of a row may have one name. */
  private String unused(String name) {
    String unused = name;
    for (int i = 1; names.contains(unused); i++) {
      unused = name + "_" + i;
    }
    return unused;
  }

  @Override
  public void row(List<Object> values) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      document.put(names.get(i), values.get(i));
    }
    out.print(lines ? "" : any ? ",\n" : "\n");
    Json.compact(document, out);
    out.print(lines ? "\n" : "");
    any = true;
  }

  @Override
  public void end() {
    out.print(lines ? "" : any ? "\n]\n" : "]\n");
  }
}
