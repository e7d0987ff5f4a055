// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.timeline.ProcessFilter;
import dev.trailcam.analyzer.tree.ProgramGlob;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which processes are wanted. */
final class ProcessOptions {
  @Option(
      names = "--process",
      paramLabel = "ID",
      description =
          "Only the process of this id (BOOT:PID:START), or the processes of this PID; of a tree"
              + " with all that descends from them.")
  private String process;

  @Option(
      names = "--user",
      paramLabel = "UID",
      description = "Only processes with this real, effective or login user id.")
  private Long user;

  @Option(
      names = "--program",
      paramLabel = "GLOB",
      description =
          "Only processes that ran such a program: its name, or its path where GLOB has a slash. *"
              + " and ? stay between slashes, ** does not.")
  private String program;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  /** What {@code --process} says, or null. */
  String process() {
    return process;
  }

  /** The one process that is wanted; empty where none was named, or by its process id alone. */
  Optional<String> processId() {
    return process != null && process.indexOf(':') >= 0 ? Optional.of(process) : Optional.empty();
  }

  /**
   * The process id that is wanted, likewise.
   *
   * @throws ParameterException if it is none
   */
  OptionalInt pid() {
    if (process == null || process.indexOf(':') >= 0) {
      return OptionalInt.empty();
    }
    if (!process.matches("[0-9]{1,9}")) {
      throw usage("--process must be a process id, or BOOT:PID:START as --format json shows it");
    }
    return OptionalInt.of(Integer.parseInt(process));
  }

  OptionalLong uid() {
    return user == null ? OptionalLong.empty() : OptionalLong.of(user);
  }

  /**
   * The programs that are wanted.
   *
   * @throws ParameterException if what was given means none
   */
  Optional<ProgramGlob> program() {
    try {
      return program == null ? Optional.empty() : Optional.of(new ProgramGlob(program));
    } catch (IllegalArgumentException e) {
      throw usage("--program " + e.getMessage());
    }
  }

  /** All of it. */
  ProcessFilter filter() {
    return new ProcessFilter(processId(), pid(), uid(), program());
  }

  private ParameterException usage(String message) {
    return new ParameterException(verb.commandLine(), message);
  }
}
