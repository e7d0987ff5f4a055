// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.KernelSupport;
import dev.trailcam.recorder.libbpf.KernelSupport.Check;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
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
    exitCodeList = {"0:everything is there", "1:something is missing; the next move is printed"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Check> checks = KernelSupport.checks();
    for (Check check : checks) {
      String mark = check.passed() ? "@|green ok  |@" : "@|bold,red NO  |@";
      out.printf("%s  %-16s  %s%n", Ansi.AUTO.string(mark), check.name(), check.finding());
      check.nextMove().ifPresent(move -> out.printf("      next: %s%n", move));
    }
    out.flush();
    return checks.stream().allMatch(Check::passed) ? 0 : 1;
  }
}
