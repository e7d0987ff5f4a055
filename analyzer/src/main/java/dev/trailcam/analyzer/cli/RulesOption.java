// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Which rules a verb works with: those that come with the program, unless somebody names others.
 */
final class RulesOption {
  @Option(
      names = {"-r", "--rules"},
      paramLabel = "PATH",
      description =
          "Rule file (.sql) or a directory of them, instead of the rules that come with the"
              + " program. May be given several times.")
  private List<Path> paths;

  /** Rules to run. */
  RuleSet set() {
    return paths == null ? RuleSet.packed() : RuleSet.of(paths);
  }

  /** Rules to run; empty when none can, and why was said. */
  Optional<RuleSet> runnable(Terminal terminal) {
    RuleSet set = set();
    if (!set.rules().isEmpty()) {
      return Optional.of(set);
    }
    set.problems().forEach(problem -> terminal.say(problem.toString()));
    terminal.say("no rule can run; mend the above or name others with --rules");
    return Optional.empty();
  }

  /** Rules with all that lies beside them. */
  RuleCollection collection() {
    return paths == null ? RuleCollection.packed() : RuleCollection.of(paths);
  }

  /** What was given, as it can be given again. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (Path path : paths == null ? List.<Path>of() : paths) {
      arguments.addAll(List.of("--rules", path.toString()));
    }
    return arguments;
  }
}
