// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.explanation.Answer;
import dev.trailcam.analyzer.explanation.Explanation;
import dev.trailcam.analyzer.report.ExplainReport;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say why a rule fires for an execution, or why not.",
    description = {
      "",
      "Shows every term of the rule with its value for that execution, how many rows it leaves, the"
          + " columns it looks at, the first term that failed, and the names by which the execution"
          + " is known.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam explain net_sniff_tool_exec 236b92c9 sample-captures",
      "  trailcam explain -r my_rule.sql my_rule 236b92c91852 captures",
      "  trailcam explain --format json net_sniff_tool_exec 236b92c9 captures | jq .first_failed",
      "",
      "Exit codes (3 beats 4):",
      "  0    it is explained",
      "  2    usage; there is no such rule or execution, or several",
      "  3    the rule is broken",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class ExplainCommand implements Verb {
  @Mixin private OutputOptions common;

  @Parameters(index = "0", paramLabel = "RULE", description = "Id of the rule.")
  private String ruleId;

  @Parameters(
      index = "1",
      paramLabel = "EXEC_ID",
      description =
          "Id of the execution, or of the rule's finding for it: all of it, or at least its first 6"
              + " digits.")
  private String execId;

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "CAPTURE",
      description = CommonOptions.CAPTURES)
  private List<String> captures;

  @Mixin private RulesOption rules;

  @Mixin private RuleEngineArguments engineArguments;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public OutputOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Format format = common.formatOfEvidence();
    EngineOptions options = engineArguments.options();
    if (!execId.matches("[0-9a-f]{6,32}")) {
      throw usage("EXEC_ID must be 6 to 32 hexadecimal digits, as findings show them");
    }
    RuleSet ruleSet = rules.set();
    Rule rule =
        ruleSet.rules().stream().filter(r -> r.id().equals(ruleId)).findFirst().orElse(null);
    if (rule == null) {
      ruleSet.problems().forEach(problem -> terminal.say(problem.toString()));
      throw usage("there is no rule " + ruleId + "; there are: " + ids(ruleSet));
    }
    Answer answer;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = NamedEvidence.open(captures, Selection.ALL, progress)) {
      Engine engine = new Engine(Version.text(), options, progress);
      answer = engine.explain(evidence.set(), ruleSet, rule, execId);
    }
    if (answer instanceof Answer.Explained explained) {
      return explained(explained.explanation(), format);
    }
    if (answer instanceof Answer.BrokenRule broken) {
      broken.problems().stream().map(RuleProblem::toString).forEach(terminal::say);
      return ExitCode.RULE;
    }
    if (answer instanceof Answer.Ambiguous ambiguous) {
      terminal.say(
          "several executions begin like that; give more digits: "
              + String.join(", ", ambiguous.execIds()));
      return ExitCode.USAGE;
    }
    return missing((Answer.NoSuchExecution) answer);
  }

  private static String ids(RuleSet ruleSet) {
    return ruleSet.rules().stream().map(Rule::id).collect(Collectors.joining(", "));
  }

  private int explained(Explanation explanation, Format format) {
    ExplainReport.write(
        explanation, format, common.style(terminal, terminal.outIsTerminal()), terminal.out());
    return explanation.evidenceProblems().isEmpty() ? ExitCode.FINE : ExitCode.EVIDENCE;
  }

  private int missing(Answer.NoSuchExecution missing) {
    terminal.say(missing.evidenceProblems());
    terminal.say(
        "none of "
            + missing.executions()
            + " executions has the id "
            + execId
            + (missing.evidenceProblems().isEmpty() ? "" : "; the evidence is incomplete"));
    return missing.evidenceProblems().isEmpty() ? ExitCode.USAGE : ExitCode.EVIDENCE;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
