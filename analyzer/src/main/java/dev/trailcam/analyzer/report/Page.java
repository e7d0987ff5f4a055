// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Lines of a report for people, indented and wrapped. What is passed in is already encoded. */
final class Page {
  private static final int LABEL_WIDTH = 10;
  private static final Pattern SPACES = Pattern.compile(" +");
  private final PrintWriter out;
  private final Style style;

  Page(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  Style style() {
    return style;
  }

  void blank() {
    out.print('\n');
  }

  /** A line as it is. */
  void line(int indent, String text) {
    out.print(TerminalText.noCommand(" ".repeat(indent) + text).stripTrailing());
    out.print('\n');
  }

  /** A line that begins with what it is about. */
  void labelled(int indent, String label, String text) {
    line(indent, style.dim(label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()))) + text);
  }

  /** Wraps text without colours; what follows the first line is indented further. */
  void prose(int indent, String text, int hanging) {
    int room = Math.max(20, style.width() - indent);
    StringBuilder current = new StringBuilder();
    for (String word : SPACES.split(text.strip(), -1)) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > room) {
        line(indent, current.toString());
        current.setLength(0);
        current.append(" ".repeat(hanging));
      } else if (!current.isEmpty() && !current.toString().isBlank()) {
        current.append(' ');
      }
      current.append(word);
    }
    line(indent, current.toString());
  }
}
