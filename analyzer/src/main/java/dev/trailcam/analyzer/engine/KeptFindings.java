// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.engine.StateFindings.Kept;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.HuntFinding;
import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.HuntFindings;
import dev.trailcam.analyzer.findings.ReplayResult.RuleRun;
import dev.trailcam.analyzer.findings.SuppressionLedger;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RulePage;
import dev.trailcam.analyzer.rules.Severity;
import dev.trailcam.analyzer.rules.Status;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes findings of what the books of a hunt hold: their executions are loaded into an engine of
 * their own, as if they were all there is.
 */
final class KeptFindings {
  private final Session books;
  private final int run;
  private final HuntQuestion question;
  private final Optional<String> inside;
  private long outside;
  private final List<Counted> counted = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  /** Rules by their number here, which is their place in {@code rules}. */
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private final List<Rule> rules = new ArrayList<>();

  /** A finding and how severe it is. */
  private record Counted(Kept finding, Severity severity) {}

  /**
   * Findings that were not read yet.
   *
   * @param inside a query for the executions that are spoken of; empty where all are
   */
  KeptFindings(Session books, int run, HuntQuestion question, Optional<String> inside) {
    this.inside = inside;
    this.books = books;
    this.run = run;
    this.question = question;
  }

  /**
   * Counts findings, and tells the new ones or all in full; which incident one belongs to does not
   * depend on that.
   *
   * @param ran rules that nothing kept from looking
   */
  HuntFindings read(List<RuleRun> ran) throws SQLException, IOException {
    new StateFindings(books, run)
        .states(
            question.ruleSet(), (finding, severity) -> counted.add(new Counted(finding, severity)));
    narrow();
    choose();
    if (kept.isEmpty() && question.suppressions().isEmpty()) {
      return told(List.of(), Set.of(), Suppressions.NONE);
    }
    for (Kept finding : kept) {
      if (!numbers.containsKey(finding.ruleId())) {
        numbers.put(finding.ruleId(), rules.size());
        rules.add(rule(finding));
      }
    }
    Map<String, Kept> byId = new HashMap<>();
    kept.forEach(finding -> byId.put(key(finding), finding));
    SuppressionLedger.Outcome outcome = findings(byId, ran);
    List<HuntFinding> listed = new ArrayList<>();
    Set<String> open = new HashSet<>();
    Set<String> suppressed = new HashSet<>();
    for (Finding finding : outcome.findings()) {
      (finding.open() ? open : suppressed).add(key(finding));
      Kept one = byId.get(key(finding));
      if (question.all() || one.state() == State.NEW) {
        listed.add(new HuntFinding(finding, one.state(), one.firstRun(), one.resolved()));
      }
    }
    // Should copies of an execution contradict each other, one may be suppressed and one not.
    suppressed.removeAll(open);
    return told(listed, suppressed, outcome.suppressions());
  }

  private void narrow() throws SQLException {
    if (inside.isPresent()) {
      Set<String> executions = new HashSet<>();
      books.query(inside.get(), row -> executions.add(row.getString(1)));
      long before = counted.size();
      counted.removeIf(one -> !executions.contains(one.finding().execId()));
      outside = before - counted.size();
    }
  }

  private void choose() throws SQLException {
    boolean every = question.all() || !question.suppressions().isEmpty();
    boolean anything =
        every || counted.stream().anyMatch(one -> one.finding().state() == State.NEW);
    if (!anything) {
      return;
    }
    Set<String> near = every ? Set.of() : near();
    for (Counted one : counted) {
      boolean wanted = question.all() || one.finding().state() != State.RESOLVED;
      if (wanted && (every || near.contains(one.finding().execId()))) {
        kept.add(one.finding());
      }
    }
  }

  private HuntFindings told(
      List<HuntFinding> listed, Set<String> suppressed, Suppressions suppressions) {
    SortedMap<State, SortedMap<Severity, Long>> counts = new TreeMap<>();
    SortedMap<State, Long> notOpen = new TreeMap<>();
    for (Counted one : counted) {
      State state = one.finding().state();
      if (suppressed.contains(key(one.finding()))) {
        notOpen.merge(state, 1L, Long::sum);
      } else {
        counts.computeIfAbsent(state, key -> new TreeMap<>()).merge(one.severity(), 1L, Long::sum);
      }
    }
    return new HuntFindings(counts, notOpen, outside, listed, suppressions);
  }

  private static String key(Kept finding) {
    return finding.ruleId() + " " + finding.execId();
  }

  private static String key(Finding finding) {
    return finding.rule().id() + " " + finding.execution().execId();
  }

  /** Executions found in boots in which something is new. */
  private Set<String> near() throws SQLException {
    Set<String> near = new TreeSet<>();
    books.query(
        "SELECT exec_id FROM findings WHERE boot IN (SELECT boot FROM findings WHERE"
            + " resolved_run IS NULL AND first_run = "
            + run
            + ")",
        row -> near.add(row.getString(1)));
    return near;
  }

  private SuppressionLedger.Outcome findings(Map<String, Kept> byId, List<RuleRun> ran)
      throws SQLException, IOException {
    try (FoundExecutions found = new FoundExecutions(books, true)) {
      Session session = found.session();
      Path rows = books.directory().path().resolve("kept-rows.parquet");
      Path hits = books.directory().path().resolve("kept-hits.parquet");
      Path contents = books.directory().path().resolve("kept-contents.parquet");
      Map<Integer, Segment> segments = export(rows, hits, contents);
      session.execute(
          "INSERT INTO found_execs BY NAME SELECT * EXCLUDE (found_exec_id, found_segment, file_row_number),"
              + " found_segment AS "
              + SegmentReader.SEGMENT
              + ", file_row_number AS "
              + SegmentReader.KEY
              + " FROM read_parquet("
              + literal(rows)
              + ", file_row_number = true)");
      session.execute(
          "INSERT INTO found_hits SELECT h.rule, r.file_row_number, h.reason, h.severity FROM"
              + " read_parquet("
              + literal(hits)
              + ") AS h JOIN read_parquet("
              + literal(rows)
              + ", file_row_number = true) AS r ON r.found_exec_id = h.exec_id");
      List<Finding> resolved = new ArrayList<>();
      List<Finding> current = new ArrayList<>();
      for (Finding finding : new FindingQuery(rules, segments).run(session)) {
        boolean gone = byId.get(key(finding)).state() == State.RESOLVED;
        (gone ? resolved : current).add(finding);
      }
      SuppressionLedger.Outcome outcome =
          found.judge(
              contents,
              question.ruleSet(),
              question.suppressions(),
              current,
              ran,
              question.timeout());
      Files.delete(rows);
      Files.delete(hits);
      Files.delete(contents);
      resolved.addAll(outcome.findings());
      return new SuppressionLedger.Outcome(resolved, outcome.suppressions());
    }
  }

  /** Copies the wanted rows out of the books; the result has the segments by their number. */
  private Map<Integer, Segment> export(Path rows, Path hits, Path contents) throws SQLException {
    try (StagedRows rowsOfHits =
        new StagedRows(
            books, "kept", "rule INTEGER, exec_id VARCHAR, reason VARCHAR, severity VARCHAR")) {
      for (Kept finding : kept) {
        rowsOfHits.add(
            numbers.get(finding.ruleId()), finding.execId(), finding.reason(), finding.severity());
      }
    }
    books.execute("COPY temp.kept TO " + literal(hits) + " (FORMAT parquet)");
    String wanted = " WHERE found_exec_id IN (SELECT exec_id FROM temp.kept)";
    books.execute(
        "COPY (FROM executions"
            + wanted
            + " ORDER BY found_exec_id, found_segment) TO "
            + literal(rows)
            + " (FORMAT parquet)");
    books.execute(
        "COPY (SELECT c.capture_id, k.* EXCLUDE (capture) FROM contents AS k JOIN captures AS c"
            + " USING (capture) ORDER BY ALL) TO "
            + literal(contents)
            + " (FORMAT parquet)");
    Map<Integer, Segment> segments = new HashMap<>();
    books.query(
        "SELECT segment, file, sha256 FROM segments WHERE segment IN (SELECT found_segment FROM"
            + " executions"
            + wanted
            + ")",
        row -> segments.put(row.getInt(1), segment(row.getString(2), row.getString(3))));
    books.execute("DROP TABLE temp.kept");
    return segments;
  }

  private static Segment segment(String file, String sha256) {
    return new Segment(
        Table.EXECS,
        new ManifestEntry.Segment(
            Table.EXECS.filePrefix(),
            file,
            0,
            sha256,
            0,
            0,
            0,
            List.of(),
            Map.of(),
            null,
            null,
            null,
            null),
        Path.of(""),
        OptionalInt.empty());
  }

  /** The rule as it is now or, where it is gone, what the books remember of it. */
  private Rule rule(Kept finding) throws SQLException {
    for (Rule rule : question.ruleSet().rules()) {
      if (rule.id().equals(finding.ruleId())) {
        return rule;
      }
    }
    Rule[] remembered = new Rule[1];
    books.query(
        "SELECT id, version, title, severity, status, tactics, techniques FROM rules WHERE rule = "
            + finding.rule(),
        row ->
            remembered[0] =
                new Rule(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    "",
                    Severity.of(row.getString(4)),
                    Status.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                    words(row.getString(6)),
                    words(row.getString(7)),
                    List.of(),
                    List.of(),
                    row.getString(1) + ".sql",
                    "",
                    "",
                    RulePage.NONE));
    if (remembered[0] == null) {
      throw new SQLException("a rule that found something is not there");
    }
    return remembered[0];
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
