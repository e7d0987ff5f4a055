// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.report.Glyphs;
import dev.trailcam.analyzer.report.TerminalText;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the program writes to, and what it knows of who reads it. Always UTF-8: what is written
 * must not depend on the locale.
 *
 * @param out data
 * @param err everything else
 * @param outIsTerminal whether a person sees the data as it is
 * @param errIsTerminal whether a person sees everything else
 * @param environment environment variables
 */
record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {
  private static final int DEFAULT_COLUMNS = 100;

  /** The one this process was started in. */
  static Terminal ofProcess() {
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        isTerminal(1),
        isTerminal(2),
        System.getenv());
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8)), false);
  }

  /** Whether somebody can type. */
  static boolean inIsTerminal() {
    return isTerminal(0);
  }

  /** Java can only ask for input and output at once; Linux tells more. Elsewhere --color helps. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints one line for the user; the message may hold anything. */
  void say(String message) {
    err.println("trailcam: " + TerminalText.plain(message));
    err.flush();
  }

  /** Prints a line for each problem, for whoever does not see the table that has them. */
  void say(List<EvidenceProblem> problems) {
    problems.forEach(problem -> say(problem.path() + ": " + problem.message()));
  }

  /** Columns of the window, as the shell tells it. */
  int columns() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : DEFAULT_COLUMNS;
  }

  boolean noColor() {
    return !environment.getOrDefault("NO_COLOR", "").isEmpty() || dumb();
  }

  /** What to draw with. A file gets the same lines, whatever the locale. */
  Glyphs glyphs() {
    boolean plain = outIsTerminal && (dumb() || "linux".equals(environment.get("TERM")) || !utf8());
    return plain ? Glyphs.ASCII : Glyphs.UNICODE;
  }

  private boolean dumb() {
    return "dumb".equals(environment.get("TERM"));
  }

  /** The first of these that is set counts, as in the C library. */
  private boolean utf8() {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }
}
