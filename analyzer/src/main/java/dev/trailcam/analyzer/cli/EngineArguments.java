// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.EngineOptions;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a verb that runs the engine may use of the machine. */
class EngineArguments {
  private static final double COUNTED_WRITING = 0.7;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads to work with. Default: as many as there are processors.")
  private int threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "",
      description =
          "Memory for the whole process, such as 4GB; what does not fit goes to temporary files."
              + " Default: 80 percent of what the machine or the container has.")
  private String memory;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  /**
   * The same for the engine.
   *
   * @throws ParameterException if something is out of its range
   */
  EngineOptions options() {
    return new EngineOptions(threads(), engineMemory(1));
  }

  /** The same for an engine that writes files: it does not count what it gathers for them. */
  final EngineOptions optionsToWrite() {
    return new EngineOptions(threads(), engineMemory(COUNTED_WRITING));
  }

  final EngineOptions options(Duration ruleTimeout) {
    return new EngineOptions(threads(), engineMemory(1), ruleTimeout);
  }

  private int threads() {
    if (threads < 0 || threads > 1024) {
      throw usage("--threads must be from 1 to 1024");
    }
    return threads;
  }

  private String engineMemory(double share) {
    return (long) (engineBytes() * share) + "B";
  }

  final long engineBytes() {
    try {
      ProcessMemory process =
          memory.isEmpty() ? ProcessMemory.ofMachine() : ProcessMemory.of(memory);
      return process.engineBytes();
    } catch (IllegalArgumentException e) {
      throw usage("--memory " + e.getMessage());
    }
  }

  final ParameterException usage(String message) {
    return new ParameterException(verb.commandLine(), message);
  }
}
