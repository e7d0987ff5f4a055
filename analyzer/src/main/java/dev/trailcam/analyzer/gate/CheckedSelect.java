// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A checked tree as text of the engine's own making: this runs, and never what the author wrote. A
 * line of it begins at every place of which the author's line is known, so that an error's line
 * leads back to the rule's file.
 */
public final class CheckedSelect {
  /**
   * What the engine does not write back as it was: how a function was called (a LIKE b ESCAPE c
   * becomes a call) and whether a cross join was a comma. Neither changes what is asked.
   */
  private static final Set<String> MANNER =
      Set.of("query_location", "query_location_length", "is_operator", "is_implicit");

  private final JsonNode statement;
  private final String text;
  private final List<Integer> lines;

  private CheckedSelect(JsonNode statement, String text, List<Integer> lines) {
    this.statement = statement;
    this.text = text;
    this.lines = lines;
  }

  /**
   * Lays out a tree that was written back.
   *
   * @param checked what was checked, of the author's text
   * @param written the engine's text for it
   * @param again the tree of that text
   * @return empty if that is another tree
   */
  public static Optional<CheckedSelect> of(SyntaxTree checked, String written, SyntaxTree again) {
    if (again.statements().size() != 1 || checked.statements().size() != 1) {
      return Optional.empty();
    }
    JsonNode statement = checked.statements().get(0);
    if (!same(statement, again.statements().get(0))) {
      return Optional.empty();
    }
    SortedMap<Integer, Integer> places = new TreeMap<>();
    pair(checked, statement, again.statements().get(0), places);
    StringBuilder text = new StringBuilder();
    List<Integer> lines = new ArrayList<>(List.of(0));
    int from = 0;
    int bytes = 0;
    for (int start : TextScan.tokens(written)) {
      String before = written.substring(from, start);
      text.append(before);
      addLines(before, lines);
      bytes += before.getBytes(UTF_8).length;
      from = start;
      if (places.containsKey(bytes)) {
        text.append('\n');
        lines.add(places.get(bytes));
      }
    }
    text.append(written.substring(from));
    return Optional.of(new CheckedSelect(statement, text.toString(), lines));
  }

  /** Line feeds within literals of the rule's own. */
  private static void addLines(String text, List<Integer> lines) {
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      lines.add(lines.get(lines.size() - 1));
    }
  }

  private static void pair(
      SyntaxTree checked, JsonNode author, JsonNode own, SortedMap<Integer, Integer> places) {
    int line = checked.line(author);
    int offset = SyntaxTree.offset(own);
    if (line > 0 && offset >= 0) {
      places.putIfAbsent(offset, line);
    }
    if (author.isArray()) {
      for (int i = 0; i < author.size(); i++) {
        pair(checked, author.get(i), own.get(i), places);
      }
    } else {
      author
          .properties()
          .forEach(
              field -> {
                if (own.has(field.getKey())) {
                  pair(checked, field.getValue(), own.get(field.getKey()), places);
                }
              });
    }
  }

  /** Whether two nodes ask the same. */
  static boolean same(JsonNode one, JsonNode other) {
    JsonNode a = unwrapped(one);
    JsonNode b = unwrapped(other);
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size()
          && a.properties().stream()
              .allMatch(
                  field ->
                      b.has(field.getKey())
                          && (MANNER.contains(field.getKey())
                              || same(field.getValue(), b.get(field.getKey()))));
    }
    return a.equals(b);
  }

  /** VALUES, which the engine writes as SELECT * FROM (VALUES …), one layer more each time. */
  private static JsonNode unwrapped(JsonNode table) {
    if (!table.path("type").asString("").equals("SUBQUERY")
        || !table.path("alias").asString("").equals("valueslist")) {
      return table;
    }
    Fields outer = new Fields(table);
    Fields select = new Fields(outer.take("subquery").path("node"));
    List<JsonNode> columns = select.list("select_list");
    boolean plain =
        select.text("type").equals("SELECT_NODE")
            && select.text("aggregate_handling").equals("STANDARD_HANDLING")
            && columns.size() == 1
            && isPlain(columns.get(0), "class", "type", "alias")
            && columns.get(0).path("class").asString("").equals("STAR");
    JsonNode values = select.take("from_table");
    boolean nothingElse =
        !select.take("cte_map").path("map").isMissingNode()
            && select.node().path("cte_map").path("map").isEmpty()
            && select.left().stream().noneMatch(new Fields(select.node())::says)
            && isPlain(table, "type", "alias", "subquery");
    return plain && nothingElse ? unwrapped(values) : table;
  }

  /** Whether a node says nothing but these. */
  private static boolean isPlain(JsonNode node, String... fields) {
    Fields rest = new Fields(node);
    for (String field : fields) {
      rest.take(field);
    }
    return List.copyOf(rest.left()).stream().noneMatch(rest::says);
  }

  /** Whether a tree is the one that was checked. */
  boolean is(SyntaxTree tree) {
    return tree.statements().size() == 1 && same(statement, tree.statements().get(0));
  }

  /** The SELECT, without a semicolon. */
  public String text() {
    return text;
  }

  /**
   * The author's line.
   *
   * @param row line of {@link #text}, from 1
   * @return 0 where it cannot be told
   */
  public int line(int row) {
    return row < 1 || row > lines.size() ? 0 : lines.get(row - 1);
  }
}
