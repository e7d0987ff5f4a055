// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.suppressions;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads one file: a YAML list. An entry with anything wrong in it is not heeded as a whole. */
final class SuppressionReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
  private static final Pattern ANY = Pattern.compile("(?s).{1,64}");
  private static final Pattern OWNER = Pattern.compile("(?s)(?=.*\\S).{1,200}");
  private static final Pattern REASON = Pattern.compile("(?s)(?=.*\\S).{1,2000}");
  private static final int MAX_CONDITION = 8000;
  private static final List<String> NEEDED =
      List.of("id", "rule", "where", "owner", "reason", "expires");

  private final String file;
  private final List<RuleProblem> problems;

  SuppressionReader(String file, List<RuleProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The entries in which nothing is wrong, as they stand; the others become problems. */
  List<Suppression> read(String text) {
    List<Suppression> entries = new ArrayList<>();
    try {
      if (Yaml.read(text).orElse(null) instanceof Sequence list) {
        for (YamlValue item : list.items()) {
          if (item instanceof Mapping mapping) {
            entry(mapping).ifPresent(entries::add);
          } else {
            problem(item.line(), "must be an entry with " + String.join(", ", NEEDED));
          }
        }
      } else {
        problem(0, "must be a list of entries with " + String.join(", ", NEEDED));
      }
    } catch (YamlException e) {
      problem(e.line(), e.getMessage() + "; none of its entries is heeded");
    }
    return entries;
  }

  private Optional<Suppression> entry(Mapping mapping) {
    int before = problems.size();
    YamlFields fields = new YamlFields(mapping, this::problem);
    for (String key : NEEDED) {
      if (!fields.has(key)) {
        problem(fields.line(), "the entry lacks " + key);
      }
    }
    Optional<String> id =
        fields.text("id", ID, "a name of lower-case letters, digits, '.', '_' and '-'");
    Optional<String> rule = fields.text("rule", RULE, "the id of one rule");
    Optional<Scalar> where = condition(fields);
    Optional<String> owner = fields.text("owner", OWNER, "who answers for it, in 200 characters");
    Optional<String> reason =
        fields.text("reason", REASON, "why the use is legitimate, in 2000 characters");
    OptionalLong starts = time("starts", fields);
    OptionalLong expires = time("expires", fields);
    fields.requireNothingElse("a suppression");
    if (starts.isPresent() && expires.isPresent() && starts.getAsLong() >= expires.getAsLong()) {
      problem(fields.line(), "starts must be before expires");
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Suppression(
            id.orElseThrow(),
            rule.orElseThrow(),
            where.orElseThrow().text().strip(),
            starts,
            expires.orElseThrow(),
            owner.orElseThrow().strip(),
            reason.orElseThrow().strip(),
            file,
            fields.line(),
            where.orElseThrow().line()));
  }

  private Optional<Scalar> condition(YamlFields fields) {
    YamlValue value = fields.any("where").orElse(null);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && !scalar.text().isBlank()
        && scalar.text().length() <= MAX_CONDITION) {
      return Optional.of(scalar);
    }
    problem(
        value.line(),
        "where must be a SQL condition of at most " + MAX_CONDITION + " characters over execs");
    return Optional.empty();
  }

  private OptionalLong time(String key, YamlFields fields) {
    int line = fields.line();
    Optional<String> text = fields.text(key, ANY, EventTime.EXPECTED);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong micros = EventTime.micros(text.get());
    if (micros.isEmpty()) {
      problem(line, key + " must be " + EventTime.EXPECTED);
    }
    return micros;
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
