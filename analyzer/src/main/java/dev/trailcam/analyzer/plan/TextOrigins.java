// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Knows for expressions over {@code execs} of which column their text is a part, upper and lower
 * case alike. Goes by what the packed words and views do.
 */
final class TextOrigins {
  private static final Set<String> TEXTS =
      Set.of("exe", "filename", "exe_name", "comm", "cwd", "parent_exe");
  private static final Set<String> LISTS = Set.of("argv", "parent_argv");

  /**
   * A name is the last component of a path, the task name, or cut out of one argument: without
   * leading dashes, up to the first dot.
   */
  private static final TextOrigin PROGRAM_NAMES =
      new TextOrigin(Set.of("exe", "filename", "comm", "argv"), true);

  /** Cut out of the arguments, with blanks where these were apart. */
  private static final TextOrigin INLINE_CODE = new TextOrigin(Set.of("argv"), false);

  /** Words that give a part of their first argument, or the same in lower case. */
  private static final Set<String> PARTS = Set.of("basename", "file_name", "unversioned", "lower");

  private final String alias;

  TextOrigins(String alias) {
    this.alias = alias;
  }

  /** Of an expression that is a text; empty where it cannot be told. */
  Optional<TextOrigin> ofText(JsonNode node) {
    Optional<String> column = column(node);
    if (column.isPresent()) {
      return column.flatMap(TextOrigins::text);
    }
    if (node.path("type").asString("").equals("OPERATOR_COALESCE")) {
      return known(node.path("children"));
    }
    JsonNode arguments = node.path("arguments");
    JsonNode first = arguments.path(0).path("expression");
    Map.Entry<String, Integer> call =
        Map.entry(lower(node.path("function_name").asString("")), arguments.size());
    if (call.getValue() == 1 && PARTS.contains(call.getKey())) {
      return ofText(first);
    }
    if (call.equals(Map.entry("arg", 2)) || call.equals(Map.entry("loaded_program", 1))) {
      return ofElements(first);
    }
    if (call.equals(Map.entry("cmdline", 1))) {
      boolean asIs = column(first).filter(LISTS::contains).isPresent();
      return ofElements(first).map(origin -> asIs ? origin : origin.withoutBlanks());
    }
    return Optional.empty();
  }

  /** Of the elements of an expression that is a list. */
  Optional<TextOrigin> ofElements(JsonNode node) {
    return column(node)
        .flatMap(
            column ->
                column.equals("program_names")
                    ? Optional.of(PROGRAM_NAMES)
                    : LISTS.contains(column)
                        ? Optional.of(new TextOrigin(Set.of(column), true))
                        : Optional.empty());
  }

  private static Optional<TextOrigin> text(String column) {
    if (column.equals("inline_code")) {
      return Optional.of(INLINE_CODE);
    }
    return TEXTS.contains(column)
        ? Optional.of(new TextOrigin(Set.of(column), true))
        : Optional.empty();
  }

  /** An empty text in the place of what is not known holds nothing. */
  private Optional<TextOrigin> known(JsonNode children) {
    JsonNode literal = children.path(1).path("literal");
    boolean orEmpty =
        children.size() == 2
            && literal.path("kind").asString("").equals("STRING")
            && literal.path("text").asString("-").isEmpty();
    return orEmpty ? ofText(children.path(0)) : Optional.empty();
  }

  private Optional<String> column(JsonNode node) {
    List<String> path = Frame.path(node);
    if (path.size() == 2 && path.get(0).equals(alias)) {
      return Optional.of(path.get(1));
    }
    return path.size() == 1 ? Optional.of(path.get(0)) : Optional.empty();
  }
}
