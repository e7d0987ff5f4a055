// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.tree.Edge;

/** Characters to draw with. */
public enum Glyphs {
  /** For terminals that show every character. */
  UNICODE("│  ", "├─ ", "└─ ", "├┄ ", "└┄ ", "⇒ ", "× ", "…", "█"),

  /** For the others. */
  ASCII("|  ", "|- ", "`- ", "|~ ", "`~ ", "=> ", "x ", "...", "#");

  private final String pass;
  private final String branch;
  private final String end;
  private final String guessedBranch;
  private final String guessedEnd;
  private final String then;
  private final String times;
  private final String more;
  private final String bar;

  Glyphs(
      String pass,
      String branch,
      String end,
      String guessedBranch,
      String guessedEnd,
      String then,
      String times,
      String more,
      String bar) {
    this.pass = pass;
    this.branch = branch;
    this.end = end;
    this.guessedBranch = guessedBranch;
    this.guessedEnd = guessedEnd;
    this.then = then;
    this.times = times;
    this.more = more;
    this.bar = bar;
  }

  String pass(boolean last) {
    return last ? "   " : pass;
  }

  String branch(Edge edge, boolean last) {
    if (edge == Edge.INFERRED) {
      return last ? guessedEnd : guessedBranch;
    }
    return last ? end : branch;
  }

  String then() {
    return then;
  }

  String times() {
    return times;
  }

  String more() {
    return more;
  }

  String bar(int length) {
    return bar.repeat(length);
  }

  /** Text of at most so many columns; what was cut is marked. */
  String cut(String text, int room) {
    return TextWidth.of(text) <= room
        ? text
        : TextWidth.start(text, Math.max(0, room - more.length())) + more;
  }
}
