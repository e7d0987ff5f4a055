// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.AttackCatalogue.Entry;
import dev.trailcam.analyzer.rules.RuleScaffold;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Begin a rule: its SQL, its page and its cases.",
    description = {
      "",
      "The files pass trailcam rules lint. The rule finds nothing until you have written it, so its"
          + " first case fails. Existing files are never overwritten.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam rules new my_rule",
      "  trailcam rules new --tactic discovery --technique T1046 -o queries scan_from_ci",
      "",
      "Exit codes:",
      "  0    the files are there; their names are printed",
      "  2    usage, or a file exists already"
    })
final class RulesNewCommand implements Verb {
  @Mixin private DisplayOptions common;

  @Parameters(paramLabel = "ID", description = "Id of the rule: lower-case letters, digits and _.")
  private String id;

  @Option(
      names = "--tactic",
      paramLabel = "TACTIC",
      defaultValue = "execution",
      description = "Tactic of ATT&CK by name or id: discovery, TA0007. Default: execution.")
  private String tactic;

  @Option(
      names = "--technique",
      paramLabel = "ID",
      description = "Technique of ATT&CK, such as T1059.004. May be given several times.")
  private List<String> techniques = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "Directory to write to; in one that holds rules/, the tactic's directory below that."
              + " Default: the working directory.")
  private Path directory;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  RulesNewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    if (!RuleScaffold.ID.matcher(id).matches()) {
      throw usage(id + " is no id: use lower-case letters, digits and _, a letter first");
    }
    Entry entry = tactic();
    Map<String, String> files = RuleScaffold.files(id, entry, techniques(entry));
    Path target = target(entry);
    for (String name : files.keySet()) {
      if (Files.exists(target.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw usage(target.resolve(name) + " exists already; choose another id or directory");
      }
    }
    write(target, files);
    terminal.say("next: write the rule, then trailcam rules lint " + target.resolve(id + ".sql"));
    return ExitCode.FINE;
  }

  private Entry tactic() {
    List<Entry> tactics = AttackCatalogue.packed().tactics();
    for (Entry entry : tactics) {
      if (entry.id().equals(tactic) || directoryName(entry).equals(tactic.replace('-', '_'))) {
        return entry;
      }
    }
    throw usage(
        "--tactic must be one of "
            + String.join(", ", tactics.stream().map(RulesNewCommand::directoryName).toList()));
  }

  private List<Entry> techniques(Entry tactic) {
    List<Entry> entries = new ArrayList<>();
    for (String technique : techniques) {
      Entry entry =
          AttackCatalogue.packed()
              .find(technique)
              .filter(e -> !e.tactics().isEmpty())
              .orElseThrow(
                  () ->
                      usage(
                          "--technique: "
                              + technique
                              + " is none that ATT&CK "
                              + AttackCatalogue.VERSION
                              + " knows on Linux"));
      entries.add(entry);
    }
    if (!entries.isEmpty() && entries.stream().noneMatch(e -> e.tactics().contains(tactic.id()))) {
      throw usage(
          "--tactic "
              + directoryName(tactic)
              + ": none of the techniques serves it; "
              + entries.get(0).id()
              + " serves "
              + String.join(", ", entries.get(0).tactics()));
    }
    return entries;
  }

  /** As rules are kept: Credential Access in credential_access. */
  private static String directoryName(Entry tactic) {
    return tactic.name().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private Path target(Entry tactic) throws IOException {
    Path rules = directory.resolve("rules");
    if (Files.isDirectory(rules)) {
      return Files.createDirectories(rules.resolve(directoryName(tactic)));
    }
    return Files.createDirectories(directory);
  }

  private void write(Path target, Map<String, String> files) throws IOException {
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = target.resolve(file.getKey()).normalize();
        Files.writeString(path, file.getValue(), UTF_8, StandardOpenOption.CREATE_NEW);
        written.add(path);
      }
    } catch (IOException e) {
      // Half a rule is worse than none.
      for (Path path : written) {
        Files.deleteIfExists(path);
      }
      if (e instanceof FileAlreadyExistsException) {
        throw usage(e.getMessage() + " exists already; choose another id or directory");
      }
      throw e;
    }
    written.forEach(path -> terminal.out().print(TerminalText.plain(path.toString()) + "\n"));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
