// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import dev.trailcam.analyzer.gate.SyntaxTree;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * How much of the evidence a rule has to see. Valid as long as views and words are the packed ones,
 * see the package.
 *
 * <p>One execution can be two rows, in two captures. Whoever judges rows one by one differs there
 * from who judges all rows of an {@code exec_id} together: one row cannot excuse the other, and no
 * row makes up for what the other lacks. Rows that say the same give the same.
 *
 * @param reach how far it looks
 * @param why what keeps it from being row-wise, a phrase that the rule is the subject of, in lower
 *     case and without a full stop; it quotes the rule, so it is hostile text; "" if nothing does
 * @param reads for each view that is named, and for each that such a view takes columns from, its
 *     columns that may be read, never fewer than are; lower case
 * @param lists lists that are named; lower case
 * @param family what it wants of the column {@code ancestors} of executions
 */
public record RulePlan(
    Reach reach,
    String why,
    SortedMap<String, SortedSet<String>> reads,
    SortedSet<String> lists,
    Family family) {

  /** Makes the collections immutable. */
  public RulePlan {
    SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
    reads.forEach(
        (view, columns) ->
            copy.put(view, Collections.unmodifiableSortedSet(new TreeSet<>(columns))));
    reads = Collections.unmodifiableSortedMap(copy);
    lists = Collections.unmodifiableSortedSet(new TreeSet<>(lists));
  }

  /** Whether what it says of an execution depends on that one's own row and on lists alone. */
  public boolean rowWise() {
    return reach == Reach.ROW;
  }

  /**
   * The plan of a rule.
   *
   * @param tree of one SELECT that the gate has let through; others have a plan that says nothing
   * @param names what it can name
   */
  public static RulePlan of(SyntaxTree tree, Catalogue names) {
    Reads reads = Reads.of(tree.statements());
    SortedMap<String, SortedSet<String>> views = ViewColumns.of(reads, names);
    SortedSet<String> lists = new TreeSet<>(names.lists().keySet());
    lists.removeIf(list -> !reads.names(list));
    QueryJudge judge = new QueryJudge(names);
    String why =
        tree.statements().size() == 1 ? why(judge, tree.statements().get(0)) : "is not one SELECT";
    SortedSet<String> beside = new TreeSet<>(judge.beside());
    if (ViewColumns.filesBehindExecutions(views)) {
      beside.add("files");
    }
    Reach reach = why.isEmpty() ? Reach.ROW : Reach.ALL;
    if (why.isEmpty() && !beside.isEmpty()) {
      reach = Reach.BESIDE;
      why = "looks at " + String.join(" and ", beside) + " beside the execution";
    }
    return new RulePlan(reach, why, views, lists, reads.family(reach != Reach.ALL));
  }

  private static String why(QueryJudge judge, JsonNode statement) {
    try {
      return judge.statement(statement, Map.of(), null).owned() ? "" : "names no executions";
    } catch (NotRowWise e) {
      return e.getMessage();
    }
  }
}
