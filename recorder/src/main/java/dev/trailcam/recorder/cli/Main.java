// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The half of {@code trailcam} that records; the launcher sends the verbs below here. */
@Command(
    name = "trailcam",
    subcommands = {
      RecordCommand.class,
      CollectCommand.class,
      RecoverCommand.class,
      DoctorCommand.class
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one verb and exits with its status. */
  public static void main(String[] args) {
    int status = Failures.STATUS;
    try {
      status = commandLine().execute(args);
    } catch (Error e) {
      // The statuses below belong to the recorded command: a JVM that is in trouble says 1.
      System.err.println("trailcam: this should not happen: " + e);
    }
    System.exit(status);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setStopAtPositional(true)
        // What follows a command named @list is the command's, and none of ours to expand.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: record, recover or doctor");
  }
}
