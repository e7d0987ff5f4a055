// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The YAML in the leading comment lines of a rule. Only scalars and lists of scalars are taken from
 * it, by name; no object is ever built from what it says.
 */
final class RuleHeader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("header")
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(1 << 16)
          .build();

  private final String file;
  private final List<RuleProblem> problems;
  private final Map<String, Node> values = new LinkedHashMap<>();

  RuleHeader(String file, String sql, List<RuleProblem> problems) {
    this.file = file;
    this.problems = problems;
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(comment(sql));
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        mapping.getValue().forEach(tuple -> entry("", tuple));
      } else {
        problem(1, "does not begin with metadata: leading comment lines such as -- id: my_rule");
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problem(line, "metadata is no valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problem(1, "metadata is no valid YAML: " + e.getMessage());
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

  private void entry(String parent, NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problem(line(tuple.getKeyNode()), "metadata has a key that is no word");
      return;
    }
    String name = parent + key.getValue();
    if (tuple.getValueNode() instanceof MappingNode mapping && parent.isEmpty()) {
      mapping.getValue().forEach(inner -> entry(name + ".", inner));
    } else if (values.put(name, tuple.getValueNode()) != null) {
      problem(line(key), "metadata says twice: " + name);
    }
  }

  /** A mandatory value that must match; {@code ""} and a problem where it does not. */
  String text(String key, Pattern shape, String expected) {
    Node node = values.remove(key);
    if (node == null) {
      problem(1, "metadata lacks " + key + " (" + expected + ")");
      return "";
    }
    if (node instanceof ScalarNode scalar && shape.matcher(scalar.getValue()).matches()) {
      return scalar.getValue();
    }
    problem(line(node), key + " must be " + expected);
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
    Node node = values.remove(key);
    List<String> items = new ArrayList<>();
    if (node == null) {
      return items;
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem(line(node), key + " must be a list of " + expected);
      return items;
    }
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar && shape.matcher(scalar.getValue()).matches()) {
        items.add(scalar.getValue());
      } else {
        problem(line(item), key + " must be a list of " + expected);
      }
    }
    return items;
  }

  /** Everything that nobody asked for is a mistake: most often a misspelt key. */
  void requireNothingElse() {
    values.forEach((key, node) -> problem(line(node), "metadata has an unknown key: " + key));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
