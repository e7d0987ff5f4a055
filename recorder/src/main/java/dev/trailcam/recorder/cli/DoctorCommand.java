// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.KernelSupport;
import dev.trailcam.recorder.libbpf.KernelSupport.Check;
import dev.trailcam.recorder.recording.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trailcam doctor}: says whether this machine can be recorded, and if not, what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Check whether executions can be recorded on this machine.",
    description = {"", "Loads the kernel program for a moment and watches nothing.", ""},
    footerHeading = "%nExample:%n",
    footer = "  sudo trailcam doctor",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:executions can be recorded, if perhaps less than everything",
      "1:something is missing; the next move is printed"
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      description = "Directory that captures would go to (default: ${DEFAULT-VALUE}).",
      defaultValue = "captures")
  private Path store;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Check> checks = new ArrayList<>(KernelSupport.checks());
    checks.addAll(Surroundings.checks(store));
    for (Check check : checks) {
      out.printf("%s  %-16s  %s%n", mark(check), check.name(), check.finding());
      check.nextMove().ifPresent(move -> out.printf("      next: %s%n", move));
    }
    out.flush();
    return checks.stream().allMatch(check -> check.passed() || !check.essential()) ? 0 : 1;
  }

  private static String mark(Check check) {
    if (check.passed()) {
      return Ansi.AUTO.string("@|green ok  |@");
    }
    return Ansi.AUTO.string(check.essential() ? "@|bold,red NO  |@" : "@|bold,yellow less|@");
  }
}
