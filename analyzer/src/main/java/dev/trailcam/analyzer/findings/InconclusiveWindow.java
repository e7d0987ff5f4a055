// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A time in which evidence is missing, and the rules of which nothing can be said in it: those that
 * found no execution there. A rule that failed is not among them; it is inconclusive everywhere.
 *
 * @param window the time
 * @param rules the rules, of those that ran
 */
public record InconclusiveWindow(LossWindow window, RuleChoice rules) {

  /** Worst first, for outputs that show only some: no end, much lost, long; total. */
  public static final Comparator<InconclusiveWindow> WORST_FIRST =
      Comparator.comparing((InconclusiveWindow one) -> one.window.toNs().isPresent())
          .thenComparing(one -> -one.window.lostTotal())
          .thenComparing(one -> -one.length())
          .thenComparing(one -> one.window.path())
          .thenComparing(one -> one.window.fromNs().orElse(Span.OPEN_FROM));

  /**
   * The tables whose loss a rule does not notice if it reads executions alone. Of {@code processes}
   * the ancestors of executions are made, so it is none of them.
   */
  private static final Set<Table> APART =
      Set.of(Table.RAW_SOCKETS, Table.EXITS, Table.FAILED_EXECS, Table.FILES);

  /**
   * Every window of a replay in which at least one rule is inconclusive, by capture and time.
   *
   * @param reads the tables that a rule looks at, empty where that is not certain
   */
  public static List<InconclusiveWindow> of(
      List<Capture> captures,
      List<EvidenceProblem> unreadable,
      LossLedger losses,
      Collection<Rule> ran,
      List<Finding> findings,
      Function<Rule, Optional<Set<Table>>> reads) {
    List<String> ids = ran.stream().map(Rule::id).sorted().toList();
    Map<String, Optional<Set<Table>>> tables = new HashMap<>();
    ran.forEach(rule -> tables.put(rule.id(), reads.apply(rule)));
    Map<String, List<Finding>> byCapture = new HashMap<>();
    findings.forEach(
        finding ->
            byCapture.computeIfAbsent(finding.captureId(), id -> new ArrayList<>()).add(finding));
    return of(
        LossWindows.of(captures, unreadable, losses),
        ids,
        window -> {
          Set<String> found = new HashSet<>();
          for (Finding finding : byCapture.getOrDefault(window.captureId(), List.of())) {
            if (window.holds(finding.execution().tsNs())) {
              found.add(finding.rule().id());
            }
          }
          return found;
        },
        tables::get);
  }

  /**
   * Those of the windows in which at least one rule is inconclusive, in the same order.
   *
   * @param ids of the rules that ran, sorted
   * @param others the rules of which a window says nothing: they found something there, or failed
   * @param reads the tables that a rule looks at, empty where that is not certain
   */
  public static List<InconclusiveWindow> of(
      List<LossWindow> windows,
      List<String> ids,
      Function<LossWindow, Set<String>> others,
      Function<String, Optional<Set<Table>>> reads) {
    List<InconclusiveWindow> inconclusive = new ArrayList<>();
    for (LossWindow window : windows) {
      Set<String> rules = new HashSet<>(ids);
      rules.removeAll(others.apply(window));
      rules.removeIf(id -> unaffected(window, reads.apply(id)));
      if (!rules.isEmpty()) {
        inconclusive.add(new InconclusiveWindow(window, RuleChoice.of(ids, rules)));
      }
    }
    return inconclusive;
  }

  private static boolean unaffected(LossWindow window, Optional<Set<Table>> reads) {
    if (window.uncounted() || reads.isEmpty()) {
      return false;
    }
    for (String lost : window.lost().keySet()) {
      boolean apart =
          APART.stream()
              .anyMatch(table -> table.sqlName().equals(lost) && !reads.get().contains(table));
      if (!apart) {
        return false;
      }
    }
    return true;
  }

  private long length() {
    if (window.fromNs().isEmpty() || window.toNs().isEmpty()) {
      return Long.MAX_VALUE;
    }
    long length = window.toNs().getAsLong() - window.fromNs().getAsLong();
    return length < 0 ? Long.MAX_VALUE : length;
  }
}
