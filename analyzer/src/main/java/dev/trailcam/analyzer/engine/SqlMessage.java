// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine says about an error, without what it adds for other readers. */
final class SqlMessage {
  private static final Pattern LINE = Pattern.compile("(?m)^LINE ([0-9]{1,6}):");
  // Generated names would make two runs differ.
  private static final Pattern PRIVATE = Pattern.compile("\"?[^\\s\"']*/trailcam-[^/\\s\"']+/");

  private SqlMessage() {}

  /** The first line: the error without the quoted statement. */
  static String firstLine(SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return PRIVATE.matcher(line).replaceAll("");
  }

  /** The first line and DuckDB's hint ("Did you mean …"), in one line. */
  static String withHint(SQLException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message
        .lines()
        .filter(line -> line.startsWith("Did you mean") || line.startsWith("Candidate bindings"))
        .findFirst()
        .map(hint -> firstLine(e) + " " + hint.strip())
        .orElse(firstLine(e));
  }

  /** Whether there was too little memory, and not too much to spill. */
  static boolean isOutOfMemory(SQLException e) {
    return firstLine(e).startsWith("Out of Memory Error");
  }

  /** Whether the engine could not hand over what it found, since the heap is full. */
  static boolean isHeapExhausted(SQLException e) {
    return firstLine(e).endsWith("Java heap space");
  }

  /** The line of the rule the error points at, or 0. The first holds our words around the rule. */
  static int line(SQLException e) {
    Matcher matcher = LINE.matcher(e.getMessage() == null ? "" : e.getMessage());
    int line = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    return line == 1 ? 0 : line;
  }
}
