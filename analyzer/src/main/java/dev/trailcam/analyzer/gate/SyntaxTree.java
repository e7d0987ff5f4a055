// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The statements of a text as DuckDB's {@code json_serialize_sql} gives them, and where in the text
 * each node stands.
 */
public final class SyntaxTree {
  /** An expression takes two levels of JSON; the longest reason of ours needs about 40. */
  private static final int MAX_DEPTH = 400;

  private static final Violation DEEP =
      new Violation(0, Code.SIZE, "nests expressions deeper than a rule has reason to");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(1 << 21)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private final int size;
  private final int[] feeds;
  private final List<JsonNode> statements = new ArrayList<>();
  private Violation error;

  private SyntaxTree(String sql) {
    byte[] text = sql.getBytes(UTF_8);
    this.size = text.length;
    this.feeds = IntStream.range(0, size).filter(i -> text[i] == '\n').toArray();
  }

  /**
   * Reads a tree.
   *
   * @param sql what was parsed
   * @param json what the parser said
   */
  public static SyntaxTree of(String sql, String json) {
    SyntaxTree tree = new SyntaxTree(sql);
    tree.read(json);
    return tree;
  }

  private void read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      error = DEEP;
      return;
    }
    if (root.path("error").asBoolean(true)) {
      error = error(root.path("error_message").asString(""), root.path("position"));
    } else {
      root.path("statements").forEach(statements::add);
    }
  }

  private Violation error(String message, JsonNode position) {
    if (message.startsWith("Max expression depth")) {
      return DEEP;
    }
    return new Violation(
        position.isMissingNode() ? 0 : lineAt(position.asLong(-1)),
        message.startsWith("Only SELECT") ? Code.STATEMENT : Code.SYNTAX,
        "is not one SELECT: " + message);
  }

  /** Why there are no statements; empty when the text could be parsed. */
  public Optional<Violation> error() {
    return Optional.ofNullable(error);
  }

  /** One node for each statement. */
  public List<JsonNode> statements() {
    return List.copyOf(statements);
  }

  /** The tree of what is in the brackets of {@code SELECT * FROM (…) AS rule}; empty for others. */
  SyntaxTree inner() {
    SyntaxTree inner = new SyntaxTree("");
    statements.forEach(
        statement ->
            inner.statements.add(statement.path("node").path("from_table").path("subquery")));
    return inner;
  }

  /** The line at which a node begins, from 1; 0 for one that has no place of its own. */
  public int line(JsonNode node) {
    return lineAt(offset(node));
  }

  /** The line at which a node or the first thing in it begins, from 1; 0 where none has a place. */
  int firstLine(JsonNode node) {
    return lineAt(firstOffset(node));
  }

  private static int firstOffset(JsonNode node) {
    int first = offset(node);
    if (first >= 0) {
      return first;
    }
    for (JsonNode child : node) {
      int offset = firstOffset(child);
      first = first < 0 || (offset >= 0 && offset < first) ? offset : first;
    }
    return first;
  }

  /** The offset at which a node begins, in bytes of UTF-8; -1 for one that has no place. */
  static int offset(JsonNode node) {
    JsonNode location = node.path("query_location");
    return location.canConvertToInt() ? location.asInt() : -1;
  }

  private int lineAt(long offset) {
    if (offset < 0 || offset > size) {
      return 0;
    }
    int found = Arrays.binarySearch(feeds, (int) offset);
    return 1 + (found < 0 ? -found - 1 : found);
  }
}
