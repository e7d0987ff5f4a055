// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.Corpus;
import dev.trailcam.analyzer.regression.RegressionRun;
import dev.trailcam.analyzer.regression.Selection;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.regression.Unexpected;
import dev.trailcam.analyzer.report.Style;
import dev.trailcam.analyzer.report.TestFormat;
import dev.trailcam.analyzer.report.TestReport;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Test rules against their cases and against corpora of captures.",
    description = {
      "",
      "Judges the cases beside each rule (ID.cases.yml), then each corpus: a directory with captures"
          + " at any depth and expectations.yml. A rule that does not run, a capture that is damaged"
          + " or lossy, an expectation of a rule or capture that is not there: each fails and says"
          + " so. docs/testing-rules.md has the grammar of both files.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam test",
      "  trailcam test queries --corpus sample-captures",
      "  trailcam test my-rules/ --only my_rule",
      "  trailcam test queries --corpus sample-captures -q --report junit=test.xml \\",
      "    --report sarif=test.sarif --format markdown >> \"$GITHUB_STEP_SUMMARY\"",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything is as it should be",
      "  1    a case or an expectation failed, or too little was tested",
      ExitCode.USAGE_HELP,
      "  3    a rule, its cases or a file of expectations is broken",
      "  4    evidence is altered, incomplete, unreadable or not there, or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class TestCommand implements Verb {
  @Parameters(
      paramLabel = "RULES",
      arity = "0..*",
      description =
          "Rule file (.sql) or a directory of them, instead of the rules that come with the"
              + " program.")
  private List<Path> rules;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description =
          "Directory with captures at any depth and expectations.yml. May be given several times.")
  private List<Path> corpora = List.of();

  @Option(
      names = "--only",
      paramLabel = "ID",
      description = "Test only the rule with this id. May be given several times.")
  private List<String> only = List.of();

  @Option(
      names = "--unexpected",
      paramLabel = "WHAT",
      description =
          "fail, warn or ignore findings in a corpus that nobody expects, whatever its"
              + " expectations.yml says.")
  private Unexpected unexpected;

  @Option(
      names = "--minimum-tests",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fail when fewer checks than this were made. Default: 1.")
  private long minimum;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json, junit, sarif or markdown, on standard output. Default: table.")
  private TestFormat format;

  @Option(
      names = "--report",
      paramLabel = "FORMAT=FILE",
      description =
          "Write a report to a new file as well; an existing one is never overwritten. May be given"
              + " several times.")
  private List<String> reports = List.of();

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Mixin private RuleEngineArguments engineArguments;

  @Mixin private DisplayOptions display;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return display;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions options = engineArguments.options();
    Map<Path, TestFormat> files = files();
    if (minimum < 0) {
      throw usage("--minimum-tests must be a number from 0");
    }
    RuleSet ruleSet = rules == null ? RuleSet.packed() : RuleSet.of(rules);
    Set<String> selected = selected(ruleSet);
    List<RuleCases> cases = rules == null ? RuleCases.packed() : RuleCases.of(rules);
    Selection selection = new Selection(selected, Optional.ofNullable(unexpected), minimum);
    long started = System.nanoTime();
    TestResult result;
    try (ProgressLine progress = new ProgressLine(terminal, quiet)) {
      Engine engine = new Engine(Version.text(), options, progress);
      result =
          new RegressionRun(engine, ruleSet, cases, selection)
              .run(
                  Version.text(),
                  corpora.stream().map(Corpus::read).toList(),
                  capture -> progress.at("checking " + capture, 0, 0));
    }
    write(result, files);
    if (!quiet) {
      // Not in the report: the same input gives the same bytes.
      terminal.say(
          String.format(
              Locale.ROOT,
              "%d checks in %.1f s",
              result.checks().size(),
              (System.nanoTime() - started) / 1e9));
    }
    return switch (result.verdict()) {
      case RULE_BROKEN -> ExitCode.RULE;
      case EVIDENCE_INCOMPLETE -> ExitCode.EVIDENCE;
      case FAILED -> ExitCode.FINDINGS;
      case WARNING, KNOWN_MISS, PASSED -> ExitCode.FINE;
    };
  }

  private Set<String> selected(RuleSet ruleSet) {
    Set<String> ids = new TreeSet<>(only);
    Set<String> missing = new TreeSet<>(ids);
    ruleSet.rules().stream().map(Rule::id).forEach(missing::remove);
    if (!missing.isEmpty() && ruleSet.problems().isEmpty()) {
      throw usage("--only: there is no rule " + String.join(", ", missing));
    }
    return ids;
  }

  private Map<Path, TestFormat> files() {
    Map<Path, TestFormat> files = new LinkedHashMap<>();
    for (String report : reports) {
      int equals = report.indexOf('=');
      TestFormat reportFormat = null;
      for (TestFormat one : TestFormat.values()) {
        if (equals > 0 && one.name().equalsIgnoreCase(report.substring(0, equals))) {
          reportFormat = one;
        }
      }
      if (reportFormat == null || equals == report.length() - 1) {
        throw usage("--report: " + report + " is not FORMAT=FILE, such as junit=test.xml");
      }
      try {
        Path file = Path.of(report.substring(equals + 1));
        new OutputFile(file).requireAbsent();
        if (files.put(file, reportFormat) != null) {
          throw usage("--report: " + file + " is named twice");
        }
      } catch (FileAlreadyExistsException e) {
        throw usage(
            "--report: "
                + report.substring(equals + 1)
                + " exists already; remove it or choose another name");
      } catch (IOException | InvalidPathException e) {
        throw usage("--report: " + e.getMessage());
      }
    }
    return files;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void write(TestResult result, Map<Path, TestFormat> files) throws IOException {
    report(result, format, display.style(terminal, terminal.outIsTerminal()), terminal.out());
    for (Map.Entry<Path, TestFormat> file : files.entrySet()) {
      new OutputFile(file.getKey())
          .write(out -> report(result, file.getValue(), display.style(terminal, false), out));
    }
    // The table says it where it is read; whoever pipes another format away would not see it.
    if (format != TestFormat.TABLE) {
      for (RuleProblem problem : result.problems()) {
        terminal.say(problem.toString());
      }
      for (Check check : result.notable()) {
        terminal.say(
            check.outcome().id().replace('_', ' ') + ": " + check.name() + ": " + check.message());
      }
    }
  }

  private static void report(TestResult result, TestFormat format, Style style, PrintWriter out) {
    TestReport.write(result, format, style, Path.of(""), out);
  }
}
