// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A rule that looks at one execution at a time.
 *
 * @param number from 1
 * @param all each must hold
 * @param any one must hold, unless there are none
 * @param none none may hold
 */
record PlainRule(int number, List<Item> all, List<Item> any, List<Item> none) {

  String id() {
    return String.format("bench_%03d", number);
  }

  String condition(Item.Language language) {
    boolean jq = language == Item.Language.JQ;
    List<String> parts = new ArrayList<>();
    all.forEach(item -> parts.add(item.in(language)));
    if (!any.isEmpty()) {
      StringJoiner either = new StringJoiner(jq ? " or " : " OR ", "(", ")");
      any.forEach(item -> either.add(item.in(language)));
      parts.add(either.toString());
    }
    none.forEach(
        item -> parts.add(jq ? "(" + item.in(language) + " | not)" : "NOT " + item.in(language)));
    return String.join(jq ? " and " : " AND ", parts);
  }

  /** Texts of which one stands in the line of whatever this rule finds; empty where none must. */
  List<String> literals() {
    return all.stream().map(Item::literals).filter(l -> !l.isEmpty()).findFirst().orElse(List.of());
  }

  /** As a rule's file has it. */
  String file() {
    return """
        -- SPDX-License-Identifier: Apache-2.0
        -- id: %s
        -- version: 1
        -- title: Plain rule %d of the benchmark
        -- description: Made up, with the mix of comparisons that plain rules have.
        -- severity: low
        -- status: experimental
        -- attack:
        --   tactics: [TA0002]
        --   techniques: [T1059]
        -- surface: 1
        -- references:
        --   - https://attack.mitre.org/techniques/T1059/
        -- false_positives:
        --   - Everything it finds.
        SELECT exec_id, 'Plain rule %d' AS reason
        FROM execs
        WHERE %s
        """
        .formatted(id(), number, number, condition(Item.Language.RULE).replace(" AND ", "\n  AND "));
  }
}
