// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.analyzer.yaml.Yaml;
import dev.trailcam.analyzer.yaml.YamlException;
import dev.trailcam.analyzer.yaml.YamlValue;
import dev.trailcam.analyzer.yaml.YamlValue.Entry;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The YAML in the leading comment lines of a rule. Only scalars and lists of scalars are taken from
 * it, by name; no object is ever built from what it says.
 */
final class RuleHeader {
  private final String file;
  private final List<RuleProblem> problems;
  private final Map<String, YamlValue> values = new LinkedHashMap<>();

  RuleHeader(String file, String sql, List<RuleProblem> problems) {
    this.file = file;
    this.problems = problems;
    try {
      if (Yaml.read(comment(sql)).orElse(null) instanceof Mapping mapping) {
        mapping.entries().forEach(entry -> entry("", entry));
      } else {
        problem(1, "does not begin with metadata: leading comment lines such as -- id: my_rule");
      }
    } catch (YamlException e) {
      problem(Math.max(1, e.line()), "metadata " + e.getMessage());
    }
  }

  /** The leading comment without its dashes, each line where it stood. */
  private static String comment(String sql) {
    StringBuilder yaml = new StringBuilder();
    for (String line : sql.split("\n", -1)) {
      if (!line.startsWith("--")) {
        break;
      }
      String text = line.substring(2);
      boolean license = text.strip().startsWith("SPDX-License-Identifier:");
      yaml.append(license ? "" : text.startsWith(" ") ? text.substring(1) : text).append('\n');
    }
    return yaml.toString();
  }

  private void entry(String parent, Entry entry) {
    String name = parent + entry.key();
    if (entry.value() instanceof Mapping mapping && parent.isEmpty()) {
      mapping.entries().forEach(inner -> entry(name + ".", inner));
    } else if (values.put(name, entry.value()) != null) {
      problem(entry.line(), "metadata says twice: " + name);
    }
  }

  /** A mandatory value that must match; {@code ""} and a problem where it does not. */
  String text(String key, Pattern shape, String expected) {
    YamlValue value = values.remove(key);
    if (value == null) {
      problem(1, "metadata lacks " + key + " (" + expected + ")");
      return "";
    }
    if (value instanceof Scalar scalar && shape.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    problem(value.line(), key + " must be " + expected);
    return "";
  }

  /** A mandatory choice; the first constant and a problem where it is none. */
  <E extends Enum<E>> E choice(String key, E[] constants) {
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    String any = String.join("|", names);
    int index = names.indexOf(text(key, Pattern.compile(any), "one of " + any.replace('|', ' ')));
    return constants[Math.max(0, index)];
  }

  /** An optional list; empty where there is none. */
  List<String> list(String key, Pattern shape, String expected) {
    YamlValue value = values.remove(key);
    List<String> items = new ArrayList<>();
    if (value == null) {
      return items;
    }
    if (!(value instanceof Sequence sequence)) {
      problem(value.line(), key + " must be a list of " + expected);
      return items;
    }
    for (YamlValue item : sequence.items()) {
      if (item instanceof Scalar scalar && shape.matcher(scalar.text()).matches()) {
        items.add(scalar.text());
      } else {
        problem(item.line(), key + " must be a list of " + expected);
      }
    }
    return items;
  }

  /** Everything that nobody asked for is a mistake: most often a misspelt key. */
  void requireNothingElse() {
    values.forEach((key, value) -> problem(value.line(), "metadata has an unknown key: " + key));
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
