// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.plan.NecessaryText;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules find among the candidates what they find in all shapes. */
class CandidateShapesTest {
  private static final List<String> TEXTS =
      List.of(
          "nmap",
          "Stra\u00dfe",
          "\u0130stanbul",
          "\u212aali",
          "\u017fystem",
          "it's",
          "a|b.c",
          "x(y)[z]",
          "{1,2}^$",
          "back\\slash",
          "p+q*r?",
          "100%_sure",
          "two words",
          "TCPDump");

  private static final List<String> FORMS =
      List.of(
          "has_substr(cmdline(argv), %s)",
          "has_arg(parent_argv, %s)",
          "exe ILIKE %s ESCAPE '!'",
          "has_arg(program_names, %s)",
          "lower(exe) = lower(%s)",
          "comm IN (%s, 'no such name')",
          "has_substr(cwd, %s) AND has_substr(cmdline(argv), %s)",
          "ends(exe, %s) AND NOT has_arg(argv, '--quiet')");

  private static final List<String> OTHERS =
      List.of(
          "any_ilike(argv, '%TCPDUMP%')",
          "any_like(parent_argv, '%tcp%dump%')",
          "exe ILIKE '%/TCPD_MP'",
          "matches(exe, '(?i)tcpdump')",
          "any_matches(argv, '(?i)nmap|tcpdump')",
          "has_substr(inline_code, 'import')",
          "basename(parent_exe) = 'bash' AND has_substr(cwd, 'work')",
          "has_arg(program_names, 'tcpdump')",
          "starts(exe, '/opt/') OR has_arg(argv, 'only-the-parent')",
          "coalesce(arg(argv, 2), '') = 'two words'");

  /** Found by a text that is in one column alone. */
  private static final String OF_PARENT = "has_arg(parent_argv, 'only-the-parent')";

  /** True of nearly everything. */
  private static final String COMMON = "starts(exe, '/usr/')";

  /** These stop at some rows and not at others. */
  private static final List<String> FAILING =
      List.of(
          "has_arg(argv, 'nmap') AND CAST(cwd AS integer) > 1",
          "has_arg(argv, 'nmap') AND exe LIKE 'x!' ESCAPE '!'",
          "has_arg(argv, 'nmap') AND any_like(argv, 'x\\')");

  @TempDir static Path temp;

  private static final List<String> PREDICATES = new ArrayList<>();
  private static Session session;
  private static RuleSet ruleSet;
  private static Vocabulary vocabulary;
  private static Schedule schedule;
  private static Set<Integer> candidates;

  @BeforeAll
  static void open() throws Exception {
    for (String text : TEXTS) {
      for (String form : FORMS) {
        PREDICATES.add(form.replace("%s", Session.literal(text)));
      }
    }
    PREDICATES.addAll(OTHERS);
    PREDICATES.add(OF_PARENT);
    PREDICATES.add(COMMON);
    PREDICATES.addAll(FAILING);
    Path rules = Files.createDirectories(temp.resolve("rules"));
    for (int i = 0; i < PREDICATES.size(); i++) {
      Files.writeString(
          rules.resolve("rule_%03d.sql".formatted(i)),
          """
          -- id: rule_%03d
          -- version: 1
          -- title: Test
          -- description: A test
          -- severity: low
          -- status: experimental
          -- surface: 1
          SELECT exec_id, coalesce(exe, '-') || ' in ' || coalesce(cwd, '-') AS reason
          FROM execs
          WHERE %s
          """
              .formatted(i, PREDICATES.get(i)));
    }
    ruleSet = RuleSet.of(List.of(rules));
    assertEquals(List.of(), ruleSet.problems());
    read(CaptureSet.open(List.of(capture()), name -> {}).captures());
  }

  private static Path capture() {
    CaptureFixture capture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 1500; i++) {
      capture.exec("/usr/bin/cc", "cc", "-c", "file-" + i + ".c");
    }
    for (String text : TEXTS) {
      capture
          .exec("/usr/bin/" + text, text, "--verbose")
          .exec("/bin/sh", "sh", text)
          .exec(Map.of("exe", text, "filename", text, "comm", text, "argv", List.of("x", text)))
          .exec(Map.of("parent_argv", List.of("bash", text), "argv", List.of("-c", "x" + text)))
          .exec(Map.of("cwd", "/home/" + text, "argv", List.of(text)));
    }
    return capture
        .exec("/usr/bin/python3", "python3", "-c", "import os")
        .exec("/usr/sbin/TCPDUMP", "TcpDump", "-i", "any")
        .exec("/usr/sbin/tcpdump", "tcpdump", "two words")
        .exec(Map.of("parent_argv", List.of("bash", "only-the-parent")))
        .exec(Map.of("parent_exe", "/bin/bash", "cwd", "/work"))
        .exec(Map.of("parent_argv", List.of("tcp-dump")))
        .exec("/opt/tool", "tool")
        .write();
  }

  /** As a replay does, up to where rules begin. */
  private static void read(List<Capture> captures) throws Exception {
    session = new Session(EngineOptions.DEFAULT);
    EvidenceTables tables =
        new EvidenceTables(session, captures, Progress.NONE, new RunStatistics());
    tables.stage();
    SqlSurface.prepare(session, ruleSet.surface());
    CaptureTable.create(session, captures);
    for (Table table : Table.values()) {
      RowLoader.forbid(session, table);
    }
    vocabulary = SqlSurface.define(session, ruleSet.surface());
    schedule = Schedule.of(session, ruleSet, vocabulary, false);
    ShapedExecs execs =
        ShapedExecs.create(session, schedule.needs().orElseThrow(), ReadFilter.none(session));
    tables.read(Table.EXECS, execs);
    execs.finish();
    candidates = CandidateShapes.create(session, schedule.texts());
  }

  @AfterAll
  static void close() throws Exception {
    session.close();
  }

  private static long count(String table) throws Exception {
    long[] count = new long[1];
    session.query("SELECT count(*) FROM " + table, row -> count[0] = row.getLong(1));
    return count[0];
  }

  private static Set<String> hits(RuleRunner.Scope scope) throws Exception {
    Set<String> hits = new TreeSet<>();
    try (RuleRunner runner =
        new RuleRunner(session, vocabulary, EngineOptions.DEFAULT.ruleTimeout(), scope)) {
      for (int number : candidates) {
        runner.run(ruleSet.rules().get(number), number);
      }
      assertEquals(Map.of(), runner.problems());
      runner.hits(
          row ->
              hits.add(
                  PREDICATES.get(row.getInt(1))
                      + '\t'
                      + row.getLong(2)
                      + '\t'
                      + row.getString(3)
                      + '\t'
                      + row.getString(4)));
    }
    return hits;
  }

  @Test
  void rulesFindTheSame() throws Exception {
    Set<String> expected = hits(RuleRunner.Scope.SHAPES);
    assertEquals(expected, hits(RuleRunner.Scope.CANDIDATES));
    Set<String> found = new TreeSet<>();
    expected.forEach(hit -> found.add(hit.substring(0, hit.indexOf('\t'))));
    assertTrue(found.size() > 80, found::toString);
    assertTrue(found.contains(OF_PARENT));
    assertTrue(found.containsAll(OTHERS), found::toString);
  }

  @Test
  void mostShapes_areNoCandidates() throws Exception {
    long shapes = count("derived_shapes");
    long left = count("candidate_shapes");
    assertTrue(shapes > 1500 && left > 0 && left < 100, left + " of " + shapes);
    assertEquals(count(CandidateShapes.SCHEMA + ".execs"), left);
  }

  @Test
  void commonText_isNotLookedFor() {
    int common = PREDICATES.indexOf(COMMON);
    assertTrue(schedule.texts().containsKey(common));
    assertFalse(candidates.contains(common));
    Set<Integer> others = new TreeSet<>(schedule.texts().keySet());
    others.remove(common);
    assertEquals(others, candidates);
  }

  @Test
  void rulesThatMayFail_seeAllShapes() {
    for (String predicate : FAILING) {
      assertFalse(schedule.texts().containsKey(PREDICATES.indexOf(predicate)), predicate);
    }
  }

  @Test
  void rulesMove_andNoneIsLost() {
    Schedule moved = schedule.withCandidates(candidates);
    List<Integer> all = new ArrayList<>(moved.numbers(RuleRunner.Scope.SHAPES));
    assertEquals(List.copyOf(candidates), moved.numbers(RuleRunner.Scope.CANDIDATES));
    all.addAll(moved.numbers(RuleRunner.Scope.CANDIDATES));
    all.sort(null);
    assertEquals(schedule.numbers(RuleRunner.Scope.SHAPES), all);
  }

  /** Some of the rules here may fail, so that nothing may be left out for all of them. */
  @Test
  void everythingIsRead_whereOneRuleNeedsNoText() {
    assertTrue(schedule.filter(session).isNone());
  }

  /** What the filter keeps holds all that any of the rules finds. */
  @Test
  void filter_keepsWhatRulesFind() throws Exception {
    session.execute("CREATE OR REPLACE VIEW staged_shapes AS FROM derived_shapes");
    session.execute("CREATE OR REPLACE VIEW named_execs AS FROM derived_shapes");
    Map<Integer, List<NecessaryText>> texts = new TreeMap<>(schedule.texts());
    texts.remove(PREDICATES.indexOf(COMMON));
    String condition = ReadFilter.of(session, texts.values()).condition();
    session.execute(
        "CREATE TABLE kept AS SELECT "
            + ShapedExecs.SHAPE
            + " FROM named_execs WHERE "
            + condition);
    long kept = count("kept");
    assertTrue(kept > 0 && kept < count("derived_shapes"), kept + " kept: " + condition);
    Set<Long> keys = new TreeSet<>();
    session.query(
        "SELECT unnest(keys) FROM shape_rows SEMI JOIN kept USING (" + ShapedExecs.SHAPE + ")",
        row -> keys.add(row.getLong(1)));
    for (int number : texts.keySet()) {
      try (RuleRunner runner =
          new RuleRunner(
              session, vocabulary, EngineOptions.DEFAULT.ruleTimeout(), RuleRunner.Scope.SHAPES)) {
        runner.run(ruleSet.rules().get(number), number);
        runner.hits(
            row -> assertTrue(keys.contains(row.getLong(2)), PREDICATES.get(row.getInt(1))));
      }
    }
  }

  /** More than fit into one expression, with every sign, and what has no end within reason. */
  @Test
  void condition_holdsWhereATextIs() throws Exception {
    TreeSet<String> literals = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      literals.add("lit" + i + "." + (char) ('!' + i % 94) + "\u0130\u00df'");
    }
    literals.add("long".repeat(5000));
    String condition =
        new TextTest(List.of(new NecessaryText(literals, new TreeSet<>(Set.of("exe", "argv")))))
            .condition();
    List<String> rows = new ArrayList<>();
    for (String literal : literals) {
      rows.add(
          "('a' || chr(0) || "
              + Session.literal(literal.replace("lit", "LIT"))
              + " || chr(10), NULL)");
      rows.add("(NULL, ['', NULL, " + Session.literal("<" + literal) + "])");
    }
    rows.add("(NULL, NULL)");
    rows.add("('lit1xy', ['lit', '1.'])");
    List<String> missed = new ArrayList<>();
    session.query(
        "SELECT coalesce(exe, argv::VARCHAR, 'null') FROM (VALUES "
            + String.join(", ", rows)
            + ") AS t(exe, argv) WHERE NOT ("
            + condition
            + ")",
        row -> missed.add(row.getString(1)));
    missed.sort(null);
    assertEquals(List.of("lit1xy", "null"), missed);
  }
}
