// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Write rules.lock: which version of a rule has which logic.",
    description = {
      "",
      "Writes a line for each rule: id, version, and a hash of its SQL and of the lists it names."
          + " Refuses, and writes nothing, when the logic of a rule changed and its version did"
          + " not, unless the rule is experimental.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam rules lock queries",
      "",
      "Exit codes:",
      "  0    rules.lock is up to date",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken, or must get a new version first"
    })
final class RulesLockCommand implements Verb {
  @Mixin private DisplayOptions common;

  @Parameters(
      paramLabel = "DIR",
      description = "Directory that holds rules/ and lists/, or rules alone.")
  private Path directory;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  RulesLockCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    RuleCollection collection = RuleCollection.of(List.of(directory));
    Path file = collection.lockFile().orElseThrow();
    if (!collection.whole()) {
      throw new ParameterException(
          spec.commandLine(),
          directory + " is a part of what " + file + " is for; name " + file.getParent());
    }
    if (!collection.problems().isEmpty()) {
      collection.problems().forEach(problem -> terminal.say(problem.toString()));
      terminal.say("mend the above first; nothing was written");
      return ExitCode.RULE;
    }
    RuleLock before = collection.lock().orElseGet(() -> RuleLock.empty(file.toString()));
    List<Rule> refused = new ArrayList<>();
    RuleLock after = before.update(collection.rules(), collection.lists(), refused::add);
    for (Rule rule : refused) {
      terminal.say(
          rule.file()
              + ": its logic is not that of version "
              + before.entry(rule.id()).orElseThrow().version()
              + " any more; raise its version");
    }
    if (!refused.isEmpty()) {
      terminal.say("nothing was written");
      return ExitCode.RULE;
    }
    if (collection.lock().isEmpty() || !after.text().equals(before.text())) {
      replace(file, after.text());
      terminal.say("wrote " + file);
    } else {
      terminal.say(file + " is up to date");
    }
    return ExitCode.FINE;
  }

  /** Whole or not at all. */
  private static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(RuleLock.FILE + ".tmp");
    Files.writeString(temporary, text, UTF_8, StandardOpenOption.CREATE_NEW);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
