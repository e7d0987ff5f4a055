// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.comparison.ExpectedChange.Amount;
import dev.trailcam.analyzer.comparison.ExpectedChange.Count;
import dev.trailcam.analyzer.comparison.ExpectedChange.Ids;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

/** Reads expectations: a YAML list of entries with rule, gained, lost and reason. */
final class ExpectationReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(0)
          .build();
  private static final Set<String> KEYS = Set.of("rule", "gained", "lost", "reason");
  private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern FINDING = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern WORDS = Pattern.compile("(?s).*\\S.*");

  private final String file;

  ExpectationReader(String file) {
    this.file = file;
  }

  List<ExpectedChange> read(String yaml) throws IOException {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(yaml);
      if (root.isEmpty() || !(root.get() instanceof SequenceNode entries)) {
        throw new IOException(file + ": must be a list of entries: - rule: …");
      }
      List<ExpectedChange> changes = new ArrayList<>();
      Set<String> rules = new HashSet<>();
      for (Node entry : entries.getValue()) {
        ExpectedChange change = change(entry);
        if (!rules.add(change.rule())) {
          throw wrong(entry, "has a second entry for " + change.rule());
        }
        changes.add(change);
      }
      return changes;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new IOException(file + ":" + line + ": is no valid YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new IOException(file + ": is no valid YAML: " + e.getMessage(), e);
    }
  }

  private ExpectedChange change(Node entry) throws IOException {
    if (!(entry instanceof MappingNode mapping)) {
      throw wrong(entry, "must be an entry with rule, gained or lost, and reason");
    }
    Map<String, Node> values = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!KEYS.contains(key)) {
        throw wrong(tuple.getKeyNode(), "has an unknown key; known are rule, gained, lost, reason");
      }
      values.put(key, tuple.getValueNode());
    }
    if (!values.containsKey("gained") && !values.containsKey("lost")) {
      throw wrong(entry, "says neither gained nor lost");
    }
    return new ExpectedChange(
        text(entry, values, "rule"),
        amount(values.get("gained")),
        amount(values.get("lost")),
        text(entry, values, "reason"),
        file + ":" + line(entry));
  }

  private String text(Node entry, Map<String, Node> values, String key) throws IOException {
    Node node = values.get(key);
    if (node instanceof ScalarNode scalar && WORDS.matcher(scalar.getValue()).matches()) {
      return scalar.getValue().strip();
    }
    throw wrong(node == null ? entry : node, "must say " + key);
  }

  private Amount amount(Node node) throws IOException {
    if (node == null) {
      return new Count(0);
    }
    if (node instanceof ScalarNode scalar && COUNT.matcher(scalar.getValue()).matches()) {
      return new Count(Long.parseLong(scalar.getValue()));
    }
    if (node instanceof SequenceNode sequence) {
      Set<String> ids = new TreeSet<>();
      for (Node item : sequence.getValue()) {
        if (!(item instanceof ScalarNode id) || !FINDING.matcher(id.getValue()).matches()) {
          throw wrong(item, "must be the id of a finding: 32 hexadecimal digits");
        }
        ids.add(id.getValue());
      }
      return new Ids(ids);
    }
    throw wrong(node, "must be a number or a list of finding ids");
  }

  private IOException wrong(Node node, String message) {
    return new IOException(file + ":" + line(node) + ": " + message);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
