// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a result for people: as a table, or where that would be wider than the window as a block
 * of lines for each row. Nothing is cut. How wide the columns are is told by the first rows; a
 * later cell that is wider pushes the others aside.
 */
public final class ResultTable implements QueryRows {
  private static final int MEASURED_ROWS = 1_000;
  private static final long MEASURED_CHARS = 4L << 20;
  private static final String GAP = "  ";

  private final PrintWriter out;
  private final Style style;
  private final boolean fit;
  private final List<String> names = new ArrayList<>();
  private final List<List<String>> measured = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private int[] widths = new int[0];
  private long chars;
  private long rows;
  private boolean laidOut;
  private boolean blocks;

  /**
   * The caller flushes.
   *
   * @param fit whether lines are to fit the style's width where they can
   */
  public ResultTable(PrintWriter out, Style style, boolean fit) {
    this.out = out;
    this.style = style;
    this.fit = fit;
  }

  @Override
  public void columns(List<QueryColumn> columns) {
    for (QueryColumn column : columns) {
      names.add(TerminalText.plain(column.name()));
      right.add(
          column.type().matches("(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)"));
    }
    widths = names.stream().mapToInt(TextWidth::of).toArray();
  }

  @Override
  public void row(List<Object> values) {
    List<String> cells = new ArrayList<>(values.size());
    for (Object value : values) {
      String cell = value == null ? "NULL" : TerminalText.plain(ResultText.of(value));
      chars += cell.length();
      cells.add(cell);
    }
    if (laidOut) {
      print(cells);
      return;
    }
    measured.add(cells);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], TextWidth.of(cells.get(i)));
    }
    if (measured.size() == MEASURED_ROWS || chars > MEASURED_CHARS) {
      layOut();
    }
  }

  private void layOut() {
    laidOut = true;
    int width = GAP.length() * (widths.length - 1);
    for (int column : widths) {
      width += column;
    }
    blocks = fit && width > style.width();
    if (!blocks) {
      line(names, true);
    }
    measured.forEach(this::print);
    measured.clear();
  }

  private void print(List<String> cells) {
    rows++;
    if (!blocks) {
      line(cells, false);
      return;
    }
    text(style.dim("-- row " + rows));
    int label = names.stream().mapToInt(TextWidth::of).max().orElse(0);
    for (int i = 0; i < cells.size(); i++) {
      text(style.bold(TextWidth.padded(names.get(i), label)) + GAP + cells.get(i));
    }
  }

  private void line(List<String> cells, boolean head) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell =
          right.get(i)
              ? TextWidth.paddedLeft(cells.get(i), widths[i])
              : TextWidth.padded(cells.get(i), widths[i]);
      boolean last = i == cells.size() - 1;
      String shown = last ? cell.stripTrailing() : cell;
      line.append(head ? style.bold(shown) : shown);
      line.append(last ? "" : GAP);
    }
    text(line.toString());
  }

  private void text(String line) {
    out.print(TerminalText.noCommand(line));
    out.print('\n');
  }

  @Override
  public void end() {
    if (!laidOut) {
      layOut();
    }
    text(style.dim(rows == 1 ? "(1 row)" : "(" + rows + " rows)"));
  }
}
