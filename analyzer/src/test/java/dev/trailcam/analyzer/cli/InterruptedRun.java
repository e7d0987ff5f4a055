// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * A replay in a process of its own that gets SIGINT when it reaches a phase, and goes on working
 * while it is being ended.
 */
final class InterruptedRun {
  private static final CountDownLatch ENDING = new CountDownLatch(1);

  private InterruptedRun() {}

  /** Arguments: a phase, a capture, rules, a file to write. */
  public static void main(String[] arguments) throws IOException {
    System.exit(code(arguments));
  }

  private static int code(String[] arguments) throws IOException {
    String phase = arguments[0];
    Progress progress = (what, done, total) -> reached(phase, what);
    try {
      CaptureSet captures =
          CaptureSet.open(List.of(Path.of(arguments[1])), name -> reached(phase, "checking"));
      ReplayResult result =
          new Engine("test", EngineOptions.DEFAULT, progress)
              .replay(captures, RuleSet.of(List.of(Path.of(arguments[2]))));
      new OutputFile(Path.of(arguments[3]))
          .write(
              out -> {
                out.print(result.verdict());
                out.flush();
                reached(phase, "reporting");
              });
    } catch (CancellationException e) {
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.FINE;
  }

  private static void reached(String phase, String what) {
    if (what.startsWith("rule ")) {
      System.out.println("running");
    }
    if (!what.startsWith(phase)) {
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(ENDING::countDown));
    try {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-INT", pid).inheritIO().start().waitFor();
      ENDING.await();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
