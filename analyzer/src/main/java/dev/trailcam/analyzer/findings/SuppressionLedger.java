// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.findings.SuppressionUse.RuleState;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Marks findings that are suppressed and keeps the books about it. Findings are never dropped. Of
 * several suppressions that hold, the one with the smallest id marks, whatever order they came in.
 */
public final class SuppressionLedger {
  private static final String UNKNOWN_PROGRAM = "(not known)";
  private static final int EXAMPLES = 3;

  /**
   * What suppressions did to findings.
   *
   * @param findings all of them, in the order they came in, those that are suppressed marked
   * @param suppressions what came of the suppressions
   */
  public record Outcome(List<Finding> findings, Suppressions suppressions) {
    /** Makes the list immutable. */
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /** What one entry did so far. */
  private static final class Account {
    private final JudgedSuppression judged;
    private final Set<String> programs = new TreeSet<>();
    private long applied;
    private long covered;
    private long expired;
    private long early;

    Account(JudgedSuppression judged) {
      this.judged = judged;
    }

    Suppression entry() {
      return judged.entry();
    }

    boolean inTime(Finding finding) {
      long ts = finding.execution().tsNs();
      return entry().started(ts) && !entry().expired(ts);
    }
  }

  private final Map<String, List<Account>> byRule = new HashMap<>();
  private final List<Account> accounts = new ArrayList<>();
  private final List<Finding> marked = new ArrayList<>();

  /** The books of these suppressions about these findings. */
  public SuppressionLedger(List<JudgedSuppression> judged, List<Finding> findings) {
    judged.stream()
        .sorted(Comparator.comparing(one -> one.entry().id()))
        .map(Account::new)
        .forEach(
            account -> {
              accounts.add(account);
              byRule
                  .computeIfAbsent(account.entry().rule(), rule -> new ArrayList<>())
                  .add(account);
            });
    findings.forEach(this::place);
  }

  private void place(Finding finding) {
    List<Account> holding = new ArrayList<>();
    for (Account account : byRule.getOrDefault(finding.rule().id(), List.of())) {
      if (account.judged.executions().contains(finding.execution().execId())) {
        holding.add(account);
      }
    }
    Optional<Account> first =
        holding.stream().filter(account -> account.inTime(finding)).findFirst();
    for (Account account : holding) {
      if (first.isPresent()) {
        account.applied += account == first.get() ? 1 : 0;
        account.covered += account == first.get() ? 0 : 1;
      } else if (account.entry().expired(finding.execution().tsNs())) {
        account.expired++;
      } else {
        account.early++;
      }
    }
    if (first.isPresent()) {
      String program = finding.execution().program();
      first.get().programs.add(program == null ? UNKNOWN_PROGRAM : program);
      marked.add(finding.suppressedBy(first.get().entry()));
    } else {
      marked.add(finding);
    }
  }

  /** The same findings, those that are suppressed marked, in the same order. */
  public List<Finding> findings() {
    return List.copyOf(marked);
  }

  /**
   * What came of each suppression, by id.
   *
   * @param known ids of all rules that were given
   * @param ran ids of those that ran
   */
  public List<SuppressionUse> uses(Set<String> known, Set<String> ran) {
    Map<String, Set<String>> found = new HashMap<>();
    for (Finding finding : marked) {
      found
          .computeIfAbsent(finding.rule().id(), rule -> new HashSet<>())
          .add(finding.execution().execId());
    }
    return accounts.stream()
        .map(account -> use(account, state(account, known, ran), found))
        .toList();
  }

  private static RuleState state(Account account, Set<String> known, Set<String> ran) {
    String rule = account.entry().rule();
    return ran.contains(rule)
        ? RuleState.RAN
        : known.contains(rule) ? RuleState.FAILED : RuleState.UNKNOWN;
  }

  private static SuppressionUse use(
      Account account, RuleState state, Map<String, Set<String>> found) {
    List<Breadth> broad = new ArrayList<>(account.judged.breadth());
    if (account.programs.size() > 1 && !account.judged.texts().containsAll(account.programs)) {
      broad.add(
          new Breadth(
              Breadth.Kind.SEVERAL_PROGRAMS,
              "suppresses "
                  + account.programs.size()
                  + " programs and does not name each by its path: "
                  + examples(account.programs)));
    }
    if (state == RuleState.RAN) {
      otherRules(account, found).ifPresent(broad::add);
    }
    return new SuppressionUse(
        account.entry(),
        state,
        account.applied,
        account.covered,
        account.expired,
        account.early,
        broad);
  }

  /** An execution that its own rule found as well is what the entry is about. */
  private static Optional<Breadth> otherRules(Account account, Map<String, Set<String>> found) {
    Set<String> own = found.getOrDefault(account.entry().rule(), Set.of());
    Set<String> rules = new TreeSet<>();
    long beyond = 0;
    for (String execution : account.judged.executions()) {
      if (!own.contains(execution)) {
        beyond++;
        found.forEach(
            (rule, executions) -> {
              if (executions.contains(execution)) {
                rules.add(rule);
              }
            });
      }
    }
    return beyond == 0
        ? Optional.empty()
        : Optional.of(
            new Breadth(
                Breadth.Kind.OTHER_RULES,
                "its condition holds for "
                    + beyond
                    + (beyond == 1 ? " execution" : " executions")
                    + " that only other rules found: "
                    + examples(rules)));
  }

  private static String examples(Set<String> names) {
    List<String> first = names.stream().limit(EXAMPLES).toList();
    int more = names.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
