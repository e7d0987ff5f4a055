// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.regression.ExpectedExecution.ByArguments;
import dev.trailcam.analyzer.regression.ExpectedExecution.ById;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.yaml.Yaml;
import dev.trailcam.analyzer.yaml.YamlException;
import dev.trailcam.analyzer.yaml.YamlFields;
import dev.trailcam.analyzer.yaml.YamlValue;
import dev.trailcam.analyzer.yaml.YamlValue.Kind;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads expectations and collects everything that is wrong with them. */
final class ExpectationReader {
  private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern CAPTURE = Pattern.compile("[^/\\p{Cc}][^\\p{Cc}]{0,499}");
  private static final Pattern EXEC_ID = Pattern.compile("[0-9a-f]{6,32}");
  private static final Pattern REASON = Pattern.compile("(?s).{1,4000}");
  private static final Pattern UNEXPECTED =
      Pattern.compile(
          Arrays.stream(Unexpected.values()).map(Unexpected::id).collect(Collectors.joining("|")));

  private final String file;
  private final List<RuleProblem> problems = new ArrayList<>();

  private ExpectationReader(String file) {
    this.file = file;
  }

  /** Never fails on a bad text: see {@link Expectations#problems}. */
  static Expectations read(String file, String text) {
    return new ExpectationReader(file).read(text);
  }

  private Expectations read(String text) {
    Optional<Unexpected> unexpected = Optional.empty();
    Optional<String> lossy = Optional.empty();
    List<Expectation> all = new ArrayList<>();
    try {
      if (Yaml.read(text).orElse(null) instanceof Mapping mapping) {
        YamlFields fields = new YamlFields(mapping, this::problem);
        unexpected =
            fields
                .text("unexpected", UNEXPECTED, "one of fail warn ignore")
                .map(id -> Unexpected.valueOf(id.toUpperCase(Locale.ROOT)));
        lossy = lossy(fields);
        if (!fields.has("expect")) {
          problem(0, "lacks expect: a list of expectations, or [] for no finding at all");
        }
        for (YamlValue item : fields.list("expect", "expectations").orElse(List.of())) {
          expectation(item).ifPresent(all::add);
        }
        fields.requireNothingElse("a file of expectations");
      } else {
        problem(1, "holds no expectations: it has expect: and a list");
      }
    } catch (YamlException e) {
      problem(e.line(), e.getMessage());
    }
    requireDistinct(all);
    problems.sort(Comparator.comparingInt(RuleProblem::line));
    return new Expectations(file, unexpected, lossy, List.copyOf(all), List.copyOf(problems));
  }

  private Optional<String> lossy(YamlFields fields) {
    boolean lossy = fields.flag("lossy").orElse(false);
    Optional<String> reason = fields.text("reason", REASON, "text");
    if (lossy && reason.isEmpty()) {
      problem(fields.line(), "lossy: true needs a reason:");
    } else if (!lossy && reason.isPresent()) {
      problem(fields.line(), "reason: says why captures may be lossy; say lossy: true or drop it");
    }
    return lossy ? reason : Optional.empty();
  }

  private Optional<Expectation> expectation(YamlValue item) {
    if (!(item instanceof Mapping mapping)) {
      problem(item.line(), "an expectation is a map that begins with rule:");
      return Optional.empty();
    }
    int before = problems.size();
    YamlFields fields = new YamlFields(mapping, this::problem);
    if (!fields.has("rule")) {
      problem(fields.line(), "the expectation lacks rule: the id of a rule");
    }
    Optional<String> rule = fields.text("rule", RULE, "the id of a rule");
    Optional<String> capture =
        fields.text("capture", CAPTURE, "the path of a capture below this directory");
    boolean counted = fields.has("exactly") || fields.has("at_least") || fields.has("at_most");
    if (counted == fields.has("executions")) {
      problem(
          fields.line(),
          "an expectation has either executions: or exactly:, or at_least: and at_most:");
    }
    if (fields.has("exactly") && (fields.has("at_least") || fields.has("at_most"))) {
      problem(fields.line(), "exactly: leaves nothing to say for at_least: and at_most:");
    }
    Optional<Long> exactly = fields.count("exactly");
    Optional<Long> atLeast = fields.count("at_least");
    Optional<Long> atMost = fields.count("at_most");
    long least = exactly.or(() -> atLeast).orElse(0L);
    long most = exactly.or(() -> atMost).orElse(Long.MAX_VALUE);
    if (least > most) {
      problem(fields.line(), "at_least: is more than at_most:");
    }
    boolean named = fields.has("executions");
    List<ExpectedExecution> executions = executions(fields, "executions");
    List<ExpectedExecution> knownMisses = executions(fields, "known_misses");
    fields.requireNothingElse("an expectation");
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Expectation(
            fields.line(),
            rule.orElseThrow(),
            capture.orElse(""),
            named ? executions.size() : least,
            named ? executions.size() : most,
            named ? Optional.of(executions) : Optional.empty(),
            knownMisses));
  }

  private List<ExpectedExecution> executions(YamlFields fields, String key) {
    List<ExpectedExecution> executions = new ArrayList<>();
    for (YamlValue item : fields.list(key, "executions").orElse(List.of())) {
      execution(item)
          .ifPresentOrElse(
              executions::add,
              () ->
                  problem(
                      item.line(),
                      "an execution is the list of its arguments, all of them text, or 6 to 32"
                          + " digits of its id in quotation marks"));
    }
    return List.copyOf(executions);
  }

  private static Optional<ExpectedExecution> execution(YamlValue item) {
    if (item instanceof Scalar scalar) {
      return scalar.kind() == Kind.TEXT && EXEC_ID.matcher(scalar.text()).matches()
          ? Optional.of(new ById(item.line(), scalar.text()))
          : Optional.empty();
    }
    if (!(item instanceof Sequence sequence)) {
      return Optional.empty();
    }
    List<String> argv = new ArrayList<>();
    for (YamlValue argument : sequence.items()) {
      if (!(argument instanceof Scalar scalar)
          || scalar.kind() != Kind.TEXT
          || scalar.text().indexOf('\0') >= 0) {
        return Optional.empty();
      }
      argv.add(scalar.text());
    }
    return Optional.of(new ByArguments(item.line(), List.copyOf(argv)));
  }

  /** Otherwise a finding would count for two of them. */
  private void requireDistinct(List<Expectation> all) {
    for (int i = 0; i < all.size(); i++) {
      Expectation one = all.get(i);
      for (Expectation before : all.subList(0, i)) {
        if (before.rule().equals(one.rule())
            && (before.covers(one.capture()) || one.covers(before.capture()))) {
          problem(
              one.line(),
              "line " + before.line() + " speaks of " + one.rule() + " in the same captures");
          break;
        }
      }
    }
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
