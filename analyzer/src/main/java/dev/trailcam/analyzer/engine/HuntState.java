// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.ArchiveContents;
import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.HuntFindings;
import dev.trailcam.analyzer.findings.HuntResult.FailedPair;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossLedger;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.LossWindows;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.ReplayResult.RuleRun;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The books of a hunt: which rules have looked at which captures, and what they found. Every change
 * is whole or did not happen. A run is one until it is {@linkplain #finish finished}, however often
 * it was killed on the way.
 *
 * <p>All methods fail with {@link EngineException} if the file turns out to be damaged.
 */
public final class HuntState implements AutoCloseable {
  private static final long LARGE_LOG = Long.getLong("trailcam.hunt.log", 64L << 20);

  private final Path named;
  private final StateFile file;
  private final Session session;
  private final Map<String, Integer> rules = new TreeMap<>();
  private int rowFiles;
  private Optional<HuntScope> scope = Optional.empty();

  private HuntState(Path named, StateFile file) {
    this.named = named;
    this.file = file;
    this.session = file.session();
  }

  /**
   * Opens the books, or begins them where there is no such file, and locks them.
   *
   * @throws EngineException if the file is none of a hunt, damaged, of a newer version, or in use
   */
  public static HuntState open(Path named, EngineOptions options) {
    return Engine.run(() -> new HuntState(named, StateFile.open(named, options)));
  }

  /** The version of the SQL engine. */
  public String engine() {
    return read(session::engine);
  }

  /** The run that is to be done: a new one, or the one that was not finished. From 1. */
  public int run() {
    return read(() -> (int) session.number("SELECT coalesce(max(run), 0) + 1 FROM runs"));
  }

  /** Everything that was remembered of captures, by the hash of the manifest. */
  public Map<String, CaptureFacts> captures() {
    return read(() -> new StateCaptures(session).read());
  }

  /** What archives held when they were opened last, by path. */
  public Map<String, ArchiveContents> archives() {
    return read(() -> new StateArchives(session).read());
  }

  /** Remembers what archives hold that were opened. */
  public void keep(Collection<ArchiveContents> opened) {
    if (!opened.isEmpty()) {
      change(() -> new StateArchives(session).replace(opened));
    }
  }

  /**
   * Says what the run speaks of; of everything, if nobody says so. What is outside is not told, and
   * stays new or resolved until a run tells it.
   */
  public void select(Optional<HuntScope> part) {
    scope = part;
    read(
        () -> {
          if (part.isPresent()) {
            try (StagedRows rows =
                new StagedRows(session, "selected_captures", "capture_id VARCHAR")) {
              for (String capture : part.get().captures()) {
                rows.add(capture);
              }
            }
          }
          return true;
        });
  }

  /** A query for the executions that the run speaks of; empty where it does of all. */
  private Optional<String> inside() {
    return scope.map(
        part ->
            "SELECT e.found_exec_id FROM executions AS e JOIN segments AS s ON s.segment ="
                + " e.found_segment JOIN captures AS c USING (capture) WHERE c.capture_id IN (FROM"
                + " temp.selected_captures) AND "
                + part.admits("(e.boot_ns + e.clock_offset_ns)"));
  }

  /**
   * Makes the rules that there are now those that pairs are about. Pairs of others are forgotten,
   * so that a rule that comes back looks at everything again.
   *
   * @param complete whether these are all rules; otherwise nothing is forgotten of a rule that is
   *     not among them
   */
  public void begin(List<JudgedRule> current, boolean complete) {
    change(
        () -> {
          Set<Integer> numbers = new TreeSet<>();
          Set<String> ids = new TreeSet<>();
          for (JudgedRule rule : current) {
            numbers.add(number(rule));
            ids.add(rule.rule().id());
          }
          String gone =
              " WHERE rule NOT IN "
                  + list(numbers)
                  + (complete
                      ? ""
                      : " AND rule IN (SELECT rule FROM rules WHERE id IN " + texts(ids) + ")");
          session.execute("DELETE FROM pairs" + gone);
          session.execute("DELETE FROM failures" + gone);
        });
  }

  /**
   * The rules that have not looked at a boot as it is now, by id of the boot; boots that need none
   * are absent.
   *
   * @param boots as they are now
   */
  public Map<String, List<JudgedRule>> missing(
      Collection<BootFacts> boots, List<JudgedRule> current) {
    return read(
        () -> {
          Map<String, String> contents = new TreeMap<>();
          Map<String, Set<Integer>> partly = new TreeMap<>();
          Set<Integer> numbers = new TreeSet<>();
          for (JudgedRule rule : current) {
            numbers.add(number(rule));
          }
          session.query(
              "SELECT boot_id, content FROM boots",
              row -> contents.put(row.getString(1), row.getString(2)));
          Set<String> done = new TreeSet<>();
          String pairs = " FROM pairs JOIN boots USING (boot) WHERE rule IN " + list(numbers);
          session.query(
              "SELECT boot_id"
                  + pairs
                  + " GROUP BY boot_id HAVING count(DISTINCT rule) = "
                  + numbers.size(),
              row -> done.add(row.getString(1)));
          session.query(
              "SELECT boot_id, rule"
                  + pairs
                  + " AND boot IN (SELECT boot FROM pairs WHERE rule IN "
                  + list(numbers)
                  + " GROUP BY boot HAVING count(DISTINCT rule) < "
                  + numbers.size()
                  + ")",
              row ->
                  partly
                      .computeIfAbsent(row.getString(1), boot -> new TreeSet<>())
                      .add(row.getInt(2)));
          Map<String, List<JudgedRule>> missing = new TreeMap<>();
          for (BootFacts boot : boots) {
            boolean same = boot.content().equals(contents.get(boot.bootId()));
            if (same && done.contains(boot.bootId())) {
              continue;
            }
            Set<Integer> judged = same ? partly.getOrDefault(boot.bootId(), Set.of()) : Set.of();
            missing.put(
                boot.bootId(),
                current.stream().filter(rule -> !judged.contains(rules.get(key(rule)))).toList());
          }
          return missing;
        });
  }

  /** A name for the rows of a batch, in a directory that vanishes with the books' session. */
  public Path rowsFile() {
    return session.directory().path().resolve("rows-" + rowFiles++ + ".parquet");
  }

  /**
   * Remembers what rules have said of boots, all at once.
   *
   * @param run number of the run
   * @param boots what was judged, as it turned out to be
   * @param judged the rules
   * @param outcome what came of it
   * @param rows the executions that were found, as {@link Engine#judge} has written them
   */
  public void record(
      int run, List<BootFacts> boots, List<JudgedRule> judged, Judged outcome, Path rows) {
    ReplayResult result = outcome.result();
    change(
        () -> {
          Map<JudgedRule, Integer> sound = new LinkedHashMap<>();
          Map<JudgedRule, Integer> all = new LinkedHashMap<>();
          for (JudgedRule rule : judged) {
            all.put(rule, number(rule));
            if (problem(result, rule).isEmpty()) {
              sound.put(rule, number(rule));
            }
          }
          Map<BootFacts, Integer> numbers = new LinkedHashMap<>();
          Set<Integer> comparable = new StateCaptures(session).replace(boots, numbers);
          new StateFindings(session, run).record(result, sound, numbers, comparable, rows);
          StateWindows windows = new StateWindows(session);
          windows.replace(outcome.losses(), numbers.values());
          windows.reads(outcome.reads(), sound);
          String these =
              " WHERE boot IN " + list(numbers.values()) + " AND rule IN " + list(all.values());
          session.execute("DELETE FROM failures" + these);
          session.execute("DELETE FROM pairs" + these);
          session.execute(
              "INSERT INTO pairs SELECT boot, rule FROM boots, rules WHERE boot IN "
                  + list(numbers.values())
                  + " AND rule IN "
                  + list(sound.values())
                  + " ORDER BY ALL");
          all.keySet().removeAll(sound.keySet());
          for (Map.Entry<JudgedRule, Integer> failed : all.entrySet()) {
            session.execute(
                "INSERT INTO failures SELECT boot, "
                    + failed.getValue()
                    + ", "
                    + literal(problem(result, failed.getKey()))
                    + " FROM boots WHERE boot IN "
                    + list(numbers.values())
                    + " ORDER BY boot");
          }
        });
  }

  /** Remembers what is now said of captures that rules need not look at again. */
  public void refresh(List<BootFacts> boots) {
    if (!boots.isEmpty()) {
      change(() -> new StateCaptures(session).replace(boots, new LinkedHashMap<>()));
    }
  }

  /** Resolves the findings of rules that are no more. */
  public void retire(int run, Collection<String> ruleIds) {
    change(() -> new StateFindings(session, run).retire(texts(ruleIds)));
  }

  /** The pairs that are still to be judged, of these boots and rules. */
  public List<FailedPair> failed(Collection<BootFacts> boots, List<JudgedRule> current) {
    return read(
        () -> {
          Set<Integer> numbers = new TreeSet<>();
          for (JudgedRule rule : current) {
            numbers.add(number(rule));
          }
          Set<String> ids = ids(boots);
          List<FailedPair> failed = new ArrayList<>();
          session.query(
              "SELECT b.boot_id, r.id, c.capture_id, f.message FROM failures AS f JOIN rules AS r"
                  + " USING (rule) JOIN boots AS b USING (boot) JOIN captures AS c USING (boot)"
                  + " WHERE rule IN "
                  + list(numbers)
                  + " ORDER BY r.id, c.capture_id",
              row -> {
                if (ids.contains(row.getString(1))) {
                  failed.add(new FailedPair(row.getString(2), row.getString(3), row.getString(4)));
                }
              });
          return failed;
        });
  }

  /** Open findings by id of their rule. */
  public Map<String, Long> open() {
    return read(
        () -> {
          Map<String, Long> open = new TreeMap<>();
          session.query(
              "SELECT rule_id, count(*) FROM findings WHERE resolved_run IS NULL"
                  + inside().map(query -> " AND exec_id IN (" + query + ")").orElse("")
                  + " GROUP BY 1",
              row -> open.put(row.getString(1), row.getLong(2)));
          return open;
        });
  }

  /**
   * What was found, made of the books alone.
   *
   * @param ran rules that nothing kept from looking at everything
   */
  public HuntFindings findings(int run, HuntQuestion question, List<RuleRun> ran) {
    return read(() -> new KeptFindings(session, run, question, inside()).read(ran));
  }

  /**
   * Where rules that found nothing say nothing, by capture and time.
   *
   * @param boots what is part of the hunt
   * @param problems what is there and could not be analysed at all
   * @param current all rules that can run
   */
  public List<InconclusiveWindow> windows(
      Collection<BootFacts> boots, List<EvidenceProblem> problems, List<JudgedRule> current) {
    List<FailedPair> failed = failed(boots, current);
    return read(
        () -> {
          StateWindows windows = new StateWindows(session);
          Map<String, Optional<Set<Table>>> reads = new TreeMap<>();
          Map<Integer, Set<Table>> byNumber = windows.reads();
          for (JudgedRule rule : current) {
            reads.put(rule.rule().id(), Optional.ofNullable(byNumber.get(number(rule))));
          }
          Map<Map.Entry<String, OptionalLong>, Set<String>> found = windows.found();
          List<LossWindow> losses = new ArrayList<>(windows.read(ids(boots)));
          losses.addAll(LossWindows.of(List.of(), problems, new LossLedger()));
          return InconclusiveWindow.of(
              losses,
              List.copyOf(reads.keySet()),
              window -> {
                Set<String> others = new TreeSet<>();
                if (window.captureId() != null) {
                  others.addAll(
                      found.getOrDefault(Map.entry(window.captureId(), window.fromNs()), Set.of()));
                }
                for (FailedPair pair : failed) {
                  if (pair.captureId().equals(window.captureId())) {
                    others.add(pair.ruleId());
                  }
                }
                return others;
              },
              reads::get);
        });
  }

  private static Set<String> ids(Collection<BootFacts> boots) {
    return boots.stream().map(BootFacts::bootId).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ends the run: what was new in it and told is known from now on. */
  public void finish(int run) {
    change(
        () -> {
          if (inside().isPresent()) {
            for (String column : List.of("first_run", "resolved_run")) {
              session.execute(
                  "UPDATE findings SET %1$s = %2$d + 1 WHERE %1$s = %2$d AND exec_id NOT IN (%3$s)"
                      .formatted(column, run, inside().get()));
            }
          }
          session.execute("INSERT INTO runs VALUES (" + run + ", true)");
        });
  }

  /**
   * Keeps the log of the books from growing without end. Is the last thing that may be done but to
   * close them.
   */
  public void fold() {
    fold(LARGE_LOG, stage -> {});
  }

  /** The same with another limit, in bytes, and somebody who is told each stage. */
  void fold(long bytes, Consumer<StateFold.Stage> stages) {
    Engine.run(
        () -> {
          file.fold(bytes, stages);
          return true;
        });
  }

  private static String problem(ReplayResult result, JudgedRule rule) {
    return result.ruleProblems().stream()
        .filter(problem -> problem.file().equals(rule.rule().file()))
        .map(RuleProblem::message)
        .collect(Collectors.joining("; "));
  }

  private static String key(JudgedRule rule) {
    return rule.rule().id() + " " + rule.logic();
  }

  /** Its small number; what is shown of it is brought up to date. */
  private int number(JudgedRule judged) throws SQLException {
    Integer known = rules.get(key(judged));
    if (known != null) {
      return known;
    }
    int[] number = {-1};
    session.query(
        "SELECT rule FROM rules WHERE id = "
            + literal(judged.rule().id())
            + " AND logic = "
            + literal(judged.logic()),
        row -> number[0] = row.getInt(1));
    if (number[0] < 0) {
      number[0] = (int) session.number("SELECT coalesce(max(rule), 0) + 1 FROM rules");
      Rule rule = judged.rule();
      try (PreparedStatement insert =
          session.prepare("INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)")) {
        insert.setInt(1, number[0]);
        insert.setString(2, rule.id());
        insert.setString(3, judged.logic());
        insert.setInt(4, rule.version());
        insert.setString(5, rule.title());
        insert.setString(6, rule.severity().id());
        insert.setString(7, rule.status().id());
        insert.setString(8, String.join(" ", rule.tactics()));
        insert.setString(9, String.join(" ", rule.techniques()));
        insert.executeUpdate();
      }
    }
    rules.put(key(judged), number[0]);
    return number[0];
  }

  static String list(Collection<Integer> numbers) {
    // An empty list is no SQL; no number is negative.
    return new LinkedHashSet<>(numbers)
        .stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "(-1, ", ")"))
            .replace("(-1, )", "(-1)");
  }

  private static String texts(Collection<String> texts) {
    return texts.stream()
        .map(Session::literal)
        .collect(Collectors.joining(", ", "('', ", ")"))
        .replace("('', )", "('')");
  }

  private <T> T read(Reading<T> reading) {
    return Engine.run(
        () -> {
          try {
            return reading.read();
          } catch (SQLException e) {
            throw StateFile.unusable(named, "is damaged: " + SqlMessage.firstLine(e), e);
          }
        });
  }

  private void change(StateFile.Change change) {
    read(
        () -> {
          file.transaction(change);
          return true;
        });
  }

  @Override
  public void close() {
    read(
        () -> {
          file.close();
          return true;
        });
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws SQLException, IOException;
  }
}
