// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects violations, each with the line of the innermost node around it. */
final class Refusals {
  private static final int MAX_QUOTED = 60;

  private final SyntaxTree tree;
  private final List<Violation> violations;
  private int line;

  Refusals(SyntaxTree tree, List<Violation> violations) {
    this.tree = tree;
    this.violations = violations;
  }

  /** Enters a node; the result is to be handed to {@link #leave}. */
  int enter(JsonNode node) {
    int outer = line;
    int own = tree.firstLine(node);
    line = own == 0 ? outer : own;
    return outer;
  }

  void leave(int outer) {
    line = outer;
  }

  void add(Code code, String message) {
    violations.add(new Violation(line, code, message));
  }

  /** Refuses a construct that only one engine has, or that nobody has looked at. */
  void construct(String what) {
    add(Code.CONSTRUCT, "uses " + what + ", which is not in the shared vocabulary");
  }

  /** Refuses a field if it says anything. */
  void unless(Fields fields, String field, String what) {
    if (fields.says(field)) {
      construct(what);
    }
  }

  /** Refuses a field whose text is none of these. */
  void unlessOneOf(Fields fields, String field, Set<String> known) {
    String value = fields.text(field);
    if (!known.contains(value)) {
      construct(quoted(value.isEmpty() ? "no " + field : value));
    }
  }

  /** Refuses what nobody took. */
  void rest(Fields fields) {
    for (String field : fields.left()) {
      construct(quoted(field));
    }
  }

  /** A name from the rule, short enough for a message. */
  static String quoted(String name) {
    return name.length() <= MAX_QUOTED ? name : name.substring(0, MAX_QUOTED) + "…";
  }
}
