// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.comparison.ExpectedChange.Amount;
import dev.trailcam.analyzer.comparison.ExpectedChange.Count;
import dev.trailcam.analyzer.comparison.ExpectedChange.Ids;
import dev.trailcam.analyzer.yaml.Yaml;
import dev.trailcam.analyzer.yaml.YamlException;
import dev.trailcam.analyzer.yaml.YamlFields;
import dev.trailcam.analyzer.yaml.YamlValue;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads expectations: a YAML list of entries with rule, gained, lost and reason. */
final class ExpectationReader {
  private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern FINDING = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern WORDS = Pattern.compile("(?s).*\\S.*");

  private final String file;
  private final List<String> problems = new ArrayList<>();

  ExpectationReader(String file) {
    this.file = file;
  }

  /**
   * The entries of a text.
   *
   * @throws IOException names everything that is wrong with it, with file and line
   */
  List<ExpectedChange> read(String yaml) throws IOException {
    List<ExpectedChange> changes = new ArrayList<>();
    Set<String> rules = new HashSet<>();
    try {
      if (Yaml.read(yaml).orElse(null) instanceof Sequence entries) {
        for (YamlValue entry : entries.items()) {
          change(entry).ifPresent(changes::add);
        }
      } else {
        problem(0, "must be a list of entries with rule, gained or lost, and reason");
      }
    } catch (YamlException e) {
      problem(e.line(), e.getMessage());
    }
    for (ExpectedChange change : changes) {
      if (!rules.add(change.rule())) {
        problems.add(change.where() + ": is a second entry for " + change.rule());
      }
    }
    if (!problems.isEmpty()) {
      throw new IOException(String.join("; ", problems));
    }
    return changes;
  }

  private Optional<ExpectedChange> change(YamlValue entry) {
    if (!(entry instanceof Mapping mapping)) {
      problem(entry.line(), "must be an entry with rule, gained or lost, and reason");
      return Optional.empty();
    }
    YamlFields fields = new YamlFields(mapping, this::problem);
    boolean amounts = fields.has("gained") || fields.has("lost");
    Optional<String> rule = fields.text("rule", WORDS, "the id of a rule");
    Optional<String> reason = fields.text("reason", WORDS, "a sentence that says why");
    Amount gained = amount("gained", fields);
    Amount lost = amount("lost", fields);
    fields.requireNothingElse("an entry");
    if (!amounts || rule.isEmpty() || reason.isEmpty()) {
      problem(entry.line(), "an entry needs rule, reason, and gained or lost");
      return Optional.empty();
    }
    return Optional.of(
        new ExpectedChange(
            rule.get(), gained, lost, reason.get().strip(), file + ":" + entry.line()));
  }

  private Amount amount(String key, YamlFields fields) {
    YamlValue value = fields.any(key).orElse(null);
    if (value instanceof Scalar scalar && COUNT.matcher(scalar.text()).matches()) {
      return new Count(Long.parseLong(scalar.text()));
    }
    if (value instanceof Sequence sequence) {
      Set<String> ids = new TreeSet<>();
      for (YamlValue item : sequence.items()) {
        if (item instanceof Scalar id && FINDING.matcher(id.text()).matches()) {
          ids.add(id.text());
        } else {
          problem(item.line(), "must be the id of a finding: 32 hexadecimal digits");
        }
      }
      return new Ids(ids);
    }
    if (value != null) {
      problem(value.line(), key + " must be a number or a list of finding ids");
    }
    return new Count(0);
  }

  private void problem(int line, String message) {
    problems.add(file + (line == 0 ? "" : ":" + line) + ": " + message);
  }
}
