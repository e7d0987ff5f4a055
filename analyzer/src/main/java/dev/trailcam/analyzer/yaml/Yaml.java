// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML. Takes the tree only; no object is ever built from what a document says. */
public final class Yaml {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(1 << 20)
          .build();
  private static final Map<Tag, YamlValue.Kind> KINDS =
      Map.of(
          Tag.STR, YamlValue.Kind.TEXT,
          Tag.INT, YamlValue.Kind.INTEGER,
          Tag.FLOAT, YamlValue.Kind.DECIMAL,
          Tag.BOOL, YamlValue.Kind.BOOLEAN,
          Tag.NULL, YamlValue.Kind.NULL);

  private Yaml() {}

  /**
   * The document in a text of at most 2^20 code points; empty where it holds none.
   *
   * @throws YamlException if it is no YAML, holds more than one document, or what JSON has not
   */
  public static Optional<YamlValue> read(String text) throws YamlException {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      return root.isEmpty() ? Optional.empty() : Optional.of(value(root.get()));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new YamlException(line, "is no valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new YamlException(0, "is no valid YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      // The parser descends without a limit; nobody writes a thousand brackets by hand.
      throw new YamlException(0, "is nested too deeply");
    }
  }

  private static YamlValue value(Node node) throws YamlException {
    int line = line(node);
    if (node instanceof ScalarNode scalar) {
      YamlValue.Kind kind = KINDS.get(scalar.getTag());
      if (kind == null) {
        throw new YamlException(line, "has a tag, which has no meaning here");
      }
      return new YamlValue.Scalar(line, kind, scalar.getValue());
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlValue> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(item));
      }
      return new YamlValue.Sequence(line, items);
    }
    List<YamlValue.Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      // The parser refuses other keys.
      ScalarNode key = (ScalarNode) tuple.getKeyNode();
      entries.add(new YamlValue.Entry(line(key), key.getValue(), value(tuple.getValueNode())));
    }
    return new YamlValue.Mapping(line, entries);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
