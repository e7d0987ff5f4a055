// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Derives what text a predicate needs; what is not understood needs nothing that is known. */
final class TextNeeds {
  /** The longest are in the fewest rows; of as long ones, few are found faster. */
  private static final Comparator<NecessaryText> BEST =
      Comparator.<NecessaryText>comparingInt(
              need -> need.literals().stream().mapToInt(String::length).min().orElse(0))
          .thenComparing(need -> -need.literals().size());

  private final TextOrigins origins;

  /**
   * Needs of the predicates of a rule.
   *
   * @param alias what it calls {@code execs}
   */
  TextNeeds(String alias) {
    origins = new TextOrigins(alias);
  }

  /** Each of these is needed. */
  List<NecessaryText> of(JsonNode predicate) {
    return switch (predicate.path("type").asString("")) {
      case "CONJUNCTION_AND" -> parts(predicate).stream().flatMap(List::stream).distinct().toList();
      case "CONJUNCTION_OR" ->
          all(parts(predicate).stream().map(needs -> needs.stream().max(BEST)).toList()).stream()
              .toList();
      case "OPERATOR_COALESCE" -> orFalse(predicate.path("children"));
      case "COMPARE_EQUAL" ->
          equal(predicate.path("left"), predicate.path("right")).stream().toList();
      case "COMPARE_IN" -> in(predicate.path("children")).stream().toList();
      case "FUNCTION" -> call(predicate).stream().toList();
      default -> List.of();
    };
  }

  private List<List<NecessaryText>> parts(JsonNode predicate) {
    List<List<NecessaryText>> parts = new ArrayList<>();
    predicate.path("children").forEach(child -> parts.add(of(child)));
    return parts;
  }

  /** What is false where it is not known. */
  private List<NecessaryText> orFalse(JsonNode children) {
    JsonNode literal = children.path(1).path("literal");
    boolean orFalse =
        children.size() == 2
            && literal.path("kind").asString("").equals("BOOLEAN")
            && literal.path("text").asString("").equals("false");
    return orFalse ? of(children.path(0)) : List.of();
  }

  /** One of them holds. */
  private static Optional<NecessaryText> all(List<Optional<NecessaryText>> needs) {
    if (needs.isEmpty() || needs.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    SortedSet<String> literals = new TreeSet<>();
    SortedSet<String> columns = new TreeSet<>();
    for (Optional<NecessaryText> need : needs) {
      literals.addAll(need.orElseThrow().literals());
      columns.addAll(need.orElseThrow().columns());
    }
    return Optional.of(new NecessaryText(literals, columns));
  }

  private Optional<NecessaryText> equal(JsonNode one, JsonNode other) {
    Optional<NecessaryText> need = whole(origins.ofText(one), other);
    return need.isPresent() ? need : whole(origins.ofText(other), one);
  }

  private Optional<NecessaryText> in(JsonNode children) {
    Optional<TextOrigin> origin = origins.ofText(children.path(0));
    List<Optional<NecessaryText>> needs = new ArrayList<>();
    for (int i = 1; i < children.size(); i++) {
      needs.add(whole(origin, children.get(i)));
    }
    return all(needs);
  }

  private Optional<NecessaryText> call(JsonNode call) {
    List<JsonNode> arguments = new ArrayList<>();
    call.path("arguments").forEach(argument -> arguments.add(argument.path("expression")));
    if (arguments.size() < 2) {
      return Optional.empty();
    }
    JsonNode subject = arguments.get(0);
    JsonNode pattern = arguments.get(1);
    return switch (lower(call.path("function_name").asString(""))) {
      case "has_substr", "starts", "ends" -> whole(origins.ofText(subject), pattern);
      case "has_arg", "array_contains" -> whole(origins.ofElements(subject), pattern);
      case "~~", "~~*" -> like(origins.ofText(subject), pattern, "");
      case "like_escape", "ilike_escape" ->
          arguments.size() == 3
              ? text(arguments.get(2))
                  .filter(TextNeeds::isSign)
                  .flatMap(escape -> like(origins.ofText(subject), pattern, escape))
              : Optional.empty();
      case "any_like", "any_ilike" -> like(origins.ofElements(subject), pattern, "\\");
      case "matches" -> matches(origins.ofText(subject), pattern);
      case "any_matches" -> matches(origins.ofElements(subject), pattern);
      default -> Optional.empty();
    };
  }

  private static Optional<NecessaryText> whole(Optional<TextOrigin> origin, JsonNode literal) {
    return text(literal).flatMap(text -> origin.flatMap(o -> o.need(List.of(text))));
  }

  private static Optional<NecessaryText> like(
      Optional<TextOrigin> origin, JsonNode pattern, String escape) {
    return text(pattern).flatMap(p -> origin.flatMap(o -> o.need(LikePattern.runs(p, escape))));
  }

  /** One of the literals of the expression, whichever. */
  private static Optional<NecessaryText> matches(Optional<TextOrigin> origin, JsonNode pattern) {
    return text(pattern)
        .flatMap(PatternLiterals::of)
        .flatMap(
            literals ->
                all(
                    literals.stream()
                        .map(literal -> origin.flatMap(o -> o.need(List.of(literal))))
                        .toList()));
  }

  /** Escapes that are letters go wrong where case does not count, wildcards anywhere. */
  private static boolean isSign(String escape) {
    return escape.matches("[!#$&*+,./:;=?@\\\\^|~-]");
  }

  private static Optional<String> text(JsonNode node) {
    JsonNode literal = node.path("literal");
    return node.path("class").asString("").equals("CONSTANT")
            && literal.path("kind").asString("").equals("STRING")
        ? Optional.of(literal.path("text").asString(""))
        : Optional.empty();
  }
}
