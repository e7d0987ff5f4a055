// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of a report for people, indented and wrapped. What is passed in is already encoded. */
final class Page {
  private static final int LABEL_WIDTH = 10;
  private static final int MIN_ROOM = 20;
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

  /** The same with text that may be wrapped; it has no colours. */
  void labelledProse(int indent, String label, String text) {
    List<String> lines = wrap(text, indent + LABEL_WIDTH);
    labelled(indent, label, lines.get(0));
    lines.subList(1, lines.size()).forEach(rest -> line(indent + LABEL_WIDTH, rest));
  }

  /** Wraps text without colours; what follows the first line is indented further. */
  void prose(int indent, String text, int hanging) {
    List<String> lines = wrap(text, indent + hanging);
    line(indent, lines.get(0));
    lines.subList(1, lines.size()).forEach(rest -> line(indent + hanging, rest));
  }

  /**
   * A word that may have colours.
   *
   * @param width columns it takes
   */
  record Word(String text, int width) {}

  /** Wraps words behind a marker; what follows the first line is indented further. */
  void styled(int indent, String marker, int hanging, List<Word> words) {
    int room = Math.max(MIN_ROOM, style.width() - indent - hanging);
    StringBuilder current = new StringBuilder(marker);
    current.append(" ".repeat(Math.max(0, hanging - marker.length())));
    int used = 0;
    for (Word word : words) {
      if (used > 0 && used + 1 + word.width() > room) {
        line(indent, current.toString());
        current.setLength(0);
        current.append(" ".repeat(hanging));
        used = 0;
      }
      current.append(used > 0 ? " " : "").append(word.text());
      used += (used > 0 ? 1 : 0) + word.width();
    }
    line(indent, current.toString());
  }

  /** At least one line; a word that is longer than a line stays whole. */
  private List<String> wrap(String text, int indent) {
    int room = Math.max(MIN_ROOM, style.width() - indent);
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : SPACES.split(text.strip(), -1)) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > room) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }
}
