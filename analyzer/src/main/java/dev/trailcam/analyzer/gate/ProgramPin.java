// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a condition says what ran: in every alternative it has, some column of the program, its
 * arguments or its parent is compared with a literal. What it does not understand says nothing.
 */
final class ProgramPin {
  /** Columns that tell what ran or what started it. */
  static final Set<String> COLUMNS =
      Set.of(
          "exe",
          "exe_name",
          "filename",
          "interp",
          "program_names",
          "argv",
          "inline_code",
          "sha256",
          "build_id",
          "parent_exe",
          "parent_argv",
          "ancestors");

  /** A pattern with fewer letters and digits side by side matches nearly anything. */
  private static final int LETTERS_OF_A_PATTERN = 2;

  private ProgramPin() {}

  /**
   * Whether it does.
   *
   * @param positive false for what stands behind a NOT
   */
  static boolean holds(JsonNode node, boolean positive) {
    String type = node.path("type").asString("");
    return switch (node.path("class").asString("")) {
      case "CONJUNCTION" -> conjunction(node, type.equals("CONJUNCTION_AND") == positive, positive);
      case "COMPARISON" -> {
        String wanted = positive ? "COMPARE_(EQUAL|NOT_DISTINCT_FROM)" : "COMPARE_NOTEQUAL";
        JsonNode left = node.path("left");
        JsonNode right = node.path("right");
        yield type.matches(wanted)
            && ((isProgram(left) && isText(right)) || (isProgram(right) && isText(left)));
      }
      case "OPERATOR" -> operator(node, type, positive);
      case "FUNCTION" -> function(node, positive);
      default -> false;
    };
  }

  private static boolean conjunction(JsonNode node, boolean oneWillDo, boolean positive) {
    List<JsonNode> children = children(node);
    return oneWillDo
        ? children.stream().anyMatch(child -> holds(child, positive))
        : children.stream().allMatch(child -> holds(child, positive));
  }

  private static boolean operator(JsonNode node, String type, boolean positive) {
    List<JsonNode> children = children(node);
    return switch (type) {
      case "OPERATOR_NOT" -> holds(children.get(0), !positive);
      case "COMPARE_IN", "COMPARE_NOT_IN" ->
          type.equals("COMPARE_IN") == positive
              && isProgram(children.get(0))
              && children.subList(1, children.size()).stream().allMatch(ProgramPin::isText);
      default -> false;
    };
  }

  /** Such as LIKE, starts or has_arg; a literal of it has to have something to match. */
  private static boolean function(JsonNode node, boolean positive) {
    String name = Vocabulary.lower(node.path("function_name").asString(""));
    boolean negated = name.startsWith("!") || name.startsWith("not_");
    return negated != positive && names(node) && texts(node, LETTERS_OF_A_PATTERN);
  }

  private static List<JsonNode> children(JsonNode node) {
    return node.path("children").valueStream().toList();
  }

  /** A column, or what a function makes of it; not the outcome of another comparison. */
  private static boolean isProgram(JsonNode node) {
    String kind = node.path("class").asString("");
    return (kind.equals("COLUMN_REF") || kind.equals("FUNCTION") || kind.equals("CAST"))
        && names(node);
  }

  private static boolean isText(JsonNode node) {
    return node.path("class").asString("").equals("CONSTANT") && texts(node, 1);
  }

  private static boolean names(JsonNode node) {
    Set<String> columns = new HashSet<>();
    Condition.collect(node, columns, new HashSet<>());
    return columns.stream().anyMatch(COLUMNS::contains);
  }

  private static boolean texts(JsonNode node, int letters) {
    Set<String> texts = new HashSet<>();
    Condition.collect(node, new HashSet<>(), texts);
    return texts.stream().anyMatch(text -> text.matches("(?s).*[A-Za-z0-9]{" + letters + "}.*"));
  }
}
