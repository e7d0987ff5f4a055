// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.plan.Catalogue;
import dev.trailcam.analyzer.plan.Family;
import dev.trailcam.analyzer.plan.NecessaryText;
import dev.trailcam.analyzer.plan.PlainFilter;
import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.SurfaceFile;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which rules run over shapes of executions and which over executions, and what has to be read for
 * them.
 *
 * @param needs empty when everything has to be read
 * @param numbers numbers of the rules, by what they look at
 * @param tables what each rule reads, by its number; empty where nobody can tell
 * @param texts what shapes must hold, all of it, for rules that look at shapes to find them, by the
 *     rules' numbers; not all have such
 */
record Schedule(
    Optional<Needs> needs,
    Map<RuleRunner.Scope, List<Integer>> numbers,
    List<Set<Table>> tables,
    SortedMap<Integer, List<NecessaryText>> texts) {
  private static final String ANCESTORS = "ancestors";

  /** Views that name the execution by these columns of it. */
  private static final Set<String> REFERENCE = Set.of("capture_id", "cpu", "seq");

  /** The tables that a rule reads, by its number; empty where nobody can tell. */
  Optional<Set<Table>> tables(int number) {
    return tables.isEmpty() ? Optional.empty() : Optional.of(tables.get(number));
  }

  /** Numbers of the rules that look at this. */
  List<Integer> numbers(RuleRunner.Scope scope) {
    return numbers.getOrDefault(scope, List.of());
  }

  /** What may be left out while executions are read: nothing, where a rule needs them all. */
  ReadFilter filter(Session session) {
    boolean all =
        needs.isPresent()
            && needs.get().execs().isEmpty()
            && texts.keySet().containsAll(numbers(RuleRunner.Scope.SHAPES));
    return all ? ReadFilter.of(session, texts.values()) : ReadFilter.none(session);
  }

  /** Everything has to be read, and each rule sees each execution. */
  static Schedule ofEverything(int rules) {
    return new Schedule(
        Optional.empty(),
        Map.of(RuleRunner.Scope.EXECUTIONS, IntStream.range(0, rules).boxed().toList()),
        List.of(),
        new TreeMap<>());
  }

  /** The same, with these of the rules that look at shapes looking at candidates alone. */
  Schedule withCandidates(Set<Integer> rules) {
    Map<RuleRunner.Scope, List<Integer>> moved = new EnumMap<>(numbers);
    List<Integer> others = new ArrayList<>(numbers(RuleRunner.Scope.SHAPES));
    others.removeAll(rules);
    moved.put(RuleRunner.Scope.SHAPES, others);
    moved.put(RuleRunner.Scope.CANDIDATES, List.copyOf(new TreeSet<>(rules)));
    return new Schedule(needs, moved, tables, texts);
  }

  /**
   * Looks at the rules' trees. Words and views have to be those that are packed.
   *
   * @param vocabulary what rules may name
   * @param everyColumn whether more will be asked for than the rules read
   */
  static Schedule of(Session session, RuleSet ruleSet, Vocabulary vocabulary, boolean everyColumn)
      throws SQLException {
    Catalogue names =
        Catalogue.of(
            vocabulary, ruleSet.surface().lists().stream().map(SurfaceFile::name).toList());
    List<RulePlan> plans = new ArrayList<>();
    List<List<NecessaryText>> texts = new ArrayList<>();
    for (Rule rule : ruleSet.rules()) {
      SyntaxTree tree = RuleGate.parse(session, rule.sql());
      plans.add(RulePlan.of(tree, names));
      texts.add(
          PlainFilter.of(tree, names)
              .filter(PlainFilter::neverFails)
              .map(NecessaryText::of)
              .orElse(List.of()));
    }
    return new Scheduling(plans, texts)
        .schedule(everyColumn ? vocabulary.tables().get(Table.EXECS.sqlName()) : Set.of());
  }

  /** Puts the needs of all rules together. */
  private static final class Scheduling {
    private final List<RulePlan> plans;
    private final List<List<NecessaryText>> texts;

    Scheduling(List<RulePlan> plans, List<List<NecessaryText>> texts) {
      this.plans = plans;
      this.texts = texts;
    }

    Schedule schedule(Set<String> askedFor) {
      Map<RuleRunner.Scope, List<Integer>> numbers = new EnumMap<>(RuleRunner.Scope.class);
      Set<String> execs = new LinkedHashSet<>();
      Map<Table, Set<String>> rows = new EnumMap<>(Table.class);
      SortedMap<Integer, List<NecessaryText>> ofShapes = new TreeMap<>();
      for (int i = 0; i < plans.size(); i++) {
        RulePlan plan = plans.get(i);
        RuleRunner.Scope scope =
            isShaped(plan) ? RuleRunner.Scope.SHAPES : RuleRunner.Scope.EXECUTIONS;
        numbers.computeIfAbsent(scope, key -> new ArrayList<>()).add(i);
        if (scope == RuleRunner.Scope.SHAPES && !texts.get(i).isEmpty()) {
          ofShapes.put(i, texts.get(i));
        }
        plan.reads().forEach((view, columns) -> need(view, columns, execs, rows));
      }
      if (numbers.containsKey(RuleRunner.Scope.EXECUTIONS)) {
        execs.add("exec_id");
      } else {
        execs.remove("exec_id");
      }
      execs.addAll(askedFor);
      return new Schedule(
          Optional.of(needs(execs, rows)),
          numbers,
          plans.stream().map(Scheduling::tables).toList(),
          ofShapes);
    }

    private static Set<Table> tables(RulePlan plan) {
      Set<Table> tables = EnumSet.noneOf(Table.class);
      for (Table table : Table.values()) {
        if (plan.reads().containsKey(table.sqlName())) {
          tables.add(table);
        }
      }
      if (plan.reads().containsKey("contents")) {
        tables.add(Table.FILES);
      }
      return tables;
    }

    private boolean isShaped(RulePlan plan) {
      Set<String> columns = plan.reads().get(Table.EXECS.sqlName());
      return plan.rowWise()
          && plan.family() != Family.ALL
          && columns.stream()
              .allMatch(name -> name.equals("exec_id") || ExecDerivation.repeats(name));
    }

    private static void need(
        String view, Set<String> columns, Set<String> execs, Map<Table, Set<String>> rows) {
      if (view.equals(Table.EXECS.sqlName())) {
        execs.addAll(columns);
        return;
      }
      if (view.equals("contents")) {
        files(rows);
        return;
      }
      Arrays.stream(Table.values())
          .filter(table -> table.sqlName().equals(view))
          .forEach(
              table -> {
                Set<String> stored = rows.computeIfAbsent(table, key -> new LinkedHashSet<>());
                for (String column : columns) {
                  if (column.equals("exec_id")) {
                    stored.addAll(Set.of("capture_id", "exec_cpu", "exec_seq"));
                  } else {
                    add(ExecDerivation.sources(table, column), column, stored, rows);
                  }
                }
                // The view binds them, whether anybody asks for them or not.
                execs.addAll(REFERENCE);
              });
    }

    private static void add(
        Set<String> sources, String column, Set<String> stored, Map<Table, Set<String>> rows) {
      stored.addAll(sources);
      if (ExecDerivation.OF_FILES.contains(column)) {
        files(rows);
      }
    }

    private static void files(Map<Table, Set<String>> rows) {
      rows.put(Table.FILES, SegmentSchema.of(Table.FILES).names());
    }

    private Needs needs(Set<String> execs, Map<Table, Set<String>> rows) {
      execs.add("exe"); // neither a table nor a view can be without any column
      Set<String> shapes = new LinkedHashSet<>();
      Set<String> stored = new LinkedHashSet<>();
      for (String column : execs) {
        Set<String> sources = ExecDerivation.sources(Table.EXECS, column);
        add(sources, column, ExecDerivation.repeats(column) ? shapes : stored, rows);
      }
      // In shapes ancestors are programs alone; who wants the processes gets them row by row.
      if (plans.stream().anyMatch(plan -> plan.family() == Family.ALL)) {
        stored.add(ANCESTORS);
        if (plans.stream().noneMatch(plan -> plan.family() == Family.PROGRAMS)) {
          shapes.remove(ANCESTORS);
        }
      }
      // What is missing is part of every result.
      rows.put(Table.LOSSES, SegmentSchema.of(Table.LOSSES).names());
      return new Needs(rows, stored, shapes, execs);
    }
  }
}
