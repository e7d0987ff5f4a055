// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.RunStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * What a long verb says at its end, on standard error: no part of the result, which must not depend
 * on the machine. One line for a log, three for whoever asks or looks.
 */
final class ClosingSummary {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final int SLOWEST = 3;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Say at the end which rules were slowest and how much was read, also where standard error"
              + " is no terminal.")
  private boolean verbose;

  private final long startedNs = System.nanoTime();

  /** Has everything counted that will be said; to be called before the engine works. */
  void watch(Terminal terminal, boolean quiet, RunStatistics statistics) {
    if (!quiet && isDetailed(terminal)) {
      statistics.countBytes();
    }
  }

  private boolean isDetailed(Terminal terminal) {
    return verbose || terminal.errIsTerminal();
  }

  /** Says it; to be called once, after the result was written. */
  void say(Terminal terminal, boolean quiet, RunStatistics done) {
    if (quiet) {
      return;
    }
    double seconds = (System.nanoTime() - startedNs) / 1e9;
    terminal.say(
        text(
            "%,d executions and %,d other events, %d rules: %.1f s, %,.0f executions/s, peak memory"
                + " %s",
            done.executions(),
            done.otherEvents(),
            done.rules(),
            seconds,
            done.executions() / Math.max(seconds, 1e-3),
            peak()));
    if (!isDetailed(terminal)) {
      return;
    }
    terminal.say(
        "slowest rules: "
            + done.slowest(SLOWEST).stream()
                .map(time -> text("%s %.2f s", time.rule(), time.ns() / 1e9))
                .collect(Collectors.joining(", ")));
    terminal.say(
        text(
            "read %,d segments, %,.1f MB; skipped %,d segments and unused columns, %,.1f MB",
            done.segmentsRead(),
            done.bytesRead() / 1e6,
            done.segmentsSkipped(),
            done.bytesSkipped() / 1e6));
  }

  /** The most this process had resident, as Linux counted it. */
  private static String peak() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
          return text("%,.0f MB", kib * 1024 / 1e6);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not on Linux.
    }
    return "unknown";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
