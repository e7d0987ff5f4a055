// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.SuppressionLedger;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;

/**
 * The executions that rules found, with all that is recorded of them: read once more, out of the
 * few files that hold them, into an engine that no rule has ever run in.
 *
 * <p>Table {@code found_hits}: rule, key of the row, reason, severity. Table {@code found_execs}:
 * stored columns, and the row's segment and key.
 */
final class FoundExecutions implements AutoCloseable {
  private static final List<String> IDENTITY =
      List.of("boot_id", "pid", "start_boot_ns", "boot_ns");

  /** Key and columns of the view {@code contents}. */
  static final Set<String> CONTENT =
      Set.of("capture_id", "dev", "inode", "size", "ctime", "sha256", "build_id", "needed");

  private final Session session;
  private final Set<String> columns;
  private final Set<Long> keys = new LinkedHashSet<>();

  /**
   * Nothing was found yet.
   *
   * @param everyColumn whether more is asked for than findings tell of
   */
  FoundExecutions(Session beside, boolean everyColumn) throws SQLException, IOException {
    session = beside.sibling();
    SegmentSchema schema = SegmentSchema.of(Table.EXECS);
    columns = everyColumn ? schema.names() : FindingQuery.COLUMNS;
    session.execute(
        "CREATE TABLE found_hits (rule INTEGER, "
            + SegmentReader.KEY
            + " BIGINT, reason VARCHAR, severity VARCHAR)");
    session.execute(
        "CREATE TABLE found_execs ("
            + schema.definition(columns)
            + ", "
            + SegmentReader.SEGMENT
            + " INTEGER, "
            + SegmentReader.KEY
            + " BIGINT)");
  }

  Session session() {
    return session;
  }

  /** Takes over what a runner found; its rules that made up executions become problems of it. */
  void add(RuleRunner runner) throws SQLException {
    try (DuckDBAppender appender = session.append("found_hits")) {
      runner.hits(
          row -> {
            keys.add(row.getLong(2));
            appender.beginRow();
            appender.append(row.getInt(1));
            appender.append(row.getLong(2));
            appender.append(row.getString(3));
            if (row.getString(4) == null) {
              appender.appendNull();
            } else {
              appender.append(row.getString(4));
            }
            appender.endRow();
          });
    }
  }

  /** Reads the rows of everything that was added. */
  void read(LoadedEvidence evidence) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    Set<Integer> numbers = new TreeSet<>();
    keys.forEach(key -> numbers.add(SegmentReader.segmentOf(key)));
    Set<SegmentFile> files = new LinkedHashSet<>();
    numbers.forEach(number -> files.add(evidence.files().get(number)));
    for (List<SegmentFile> batch : SegmentFile.batches(new ArrayList<>(files), 1 << 20)) {
      insert(evidence, batch, "found_hits");
    }
    if (session.number("SELECT count(*) FROM found_execs") != keys.size()) {
      throw new EngineException("the evidence was changed while it was being read", null);
    }
    contradict(evidence);
  }

  /**
   * Two captures of one boot may both hold an execution. Should one of them say something else of
   * it, that is told beside what the rule found.
   */
  private void contradict(LoadedEvidence evidence) throws SQLException {
    List<SegmentFile> files = evidence.filesOfSharedBoots();
    if (files.isEmpty()) {
      return;
    }
    String same = String.join(", ", IDENTITY);
    session.execute(
        "CREATE TABLE found_again AS SELECT o."
            + SegmentReader.KEY
            + ", e."
            + SegmentReader.KEY
            + " AS first FROM ("
            + evidence.reader().select(files, Set.copyOf(IDENTITY))
            + ") AS o JOIN found_execs AS e USING ("
            + same
            + ") ANTI JOIN found_execs AS f ON f."
            + SegmentReader.KEY
            + " = o."
            + SegmentReader.KEY);
    session.execute(
        "INSERT INTO found_hits SELECT h.rule, a."
            + SegmentReader.KEY
            + ", h.reason, h.severity FROM found_again AS a JOIN found_hits AS h ON h."
            + SegmentReader.KEY
            + " = a.first");
    insert(evidence, files, "found_again");
  }

  private void insert(LoadedEvidence evidence, List<SegmentFile> files, String keys)
      throws SQLException {
    session.execute(
        "INSERT INTO found_execs SELECT s.* FROM ("
            + evidence.reader().select(files, columns)
            + ") AS s SEMI JOIN "
            + keys
            + " USING ("
            + SegmentReader.KEY
            + ")");
  }

  /**
   * Writes the executions as Parquet: every stored column of {@code execs}, {@code found_exec_id},
   * the segment they are of as {@code found_file} and {@code found_sha256}, and what is known of
   * the content that ran as {@code content_sha256}, {@code content_build_id} and {@code
   * content_needed}; a row for every capture that holds the execution.
   *
   * @param file a name in a private directory that is not taken yet
   */
  void write(Path file, LoadedEvidence evidence) throws SQLException {
    contents(evidence);
    session.execute("CREATE TABLE found_segments (segment INTEGER, file VARCHAR, sha256 VARCHAR)");
    Set<Integer> numbers = new TreeSet<>();
    session.query(
        "SELECT DISTINCT " + SegmentReader.SEGMENT + " FROM found_execs",
        row -> numbers.add(row.getInt(1)));
    try (DuckDBAppender appender = session.append("found_segments")) {
      for (int number : numbers) {
        ManifestEntry.Segment entry = evidence.segments().get(number).entry();
        appender.beginRow();
        appender.append(number);
        appender.append(entry.file());
        appender.append(entry.sha256());
        appender.endRow();
      }
    }
    SegmentSchema schema = SegmentSchema.of(Table.EXECS);
    session.execute(
        "COPY (SELECT "
            + schema.names(schema.names())
            + ", "
            + FindingQuery.EXEC_ID
            + " AS found_exec_id, file AS found_file, found_segments.sha256 AS found_sha256,"
            + " content_sha256, content_build_id, content_needed FROM found_execs"
            + " JOIN found_segments ON segment = "
            + SegmentReader.SEGMENT
            + " LEFT JOIN found_contents USING (capture_id, dev, inode, size, ctime)"
            + " ORDER BY found_exec_id, found_sha256, found_file) TO "
            + literal(file)
            + " (FORMAT parquet)");
  }

  /** As the view {@code contents} has it, of what was found to run alone. */
  private void contents(LoadedEvidence evidence) throws SQLException {
    SegmentReader reader = new SegmentReader(session, Table.FILES);
    if (!keys.isEmpty()) {
      reader.open(evidence.fileTables());
    }
    String rows =
        reader.files().isEmpty()
            ? "SELECT " + SegmentSchema.of(Table.FILES).selection(Set.of(), CONTENT)
            : reader.select(reader.files(), CONTENT);
    session.execute(
        "CREATE TABLE found_contents AS SELECT capture_id, dev, inode, size, ctime, "
            + agreed("sha256")
            + ", "
            + agreed("build_id")
            + ", "
            + agreed("needed")
            + " FROM ("
            + rows
            + ") SEMI JOIN found_execs USING (capture_id, dev, inode, size, ctime)"
            + " GROUP BY capture_id, dev, inode, size, ctime");
  }

  private static String agreed(String column) {
    return "CASE WHEN min(%1$s) = max(%1$s) THEN min(%1$s) END AS content_%1$s".formatted(column);
  }

  /** Marks findings that are legitimate use. */
  SuppressionLedger.Outcome judge(
      LoadedEvidence evidence,
      RuleSet ruleSet,
      SuppressionSet suppressions,
      List<Finding> findings,
      List<ReplayResult.RuleRun> runs,
      Duration timeout)
      throws SQLException, IOException {
    return judge(
        () -> {
          CaptureTable.create(session, evidence.captures());
          RowLoader files =
              RowLoader.create(session, Table.FILES, SegmentSchema.of(Table.FILES).names());
          SegmentReader reader = new SegmentReader(session, Table.FILES);
          reader.open(evidence.fileTables());
          if (!reader.files().isEmpty()) {
            files.load(reader, reader.files());
          }
        },
        ruleSet,
        suppressions,
        findings,
        runs,
        timeout);
  }

  /**
   * The same for executions that were kept.
   *
   * @param contents what was kept of the content that ran, as Parquet: the key and the columns of
   *     the view {@code contents}
   */
  SuppressionLedger.Outcome judge(
      Path contents,
      RuleSet ruleSet,
      SuppressionSet suppressions,
      List<Finding> findings,
      List<ReplayResult.RuleRun> runs,
      Duration timeout)
      throws SQLException, IOException {
    return judge(
        () -> {
          CaptureTable.forbid(session);
          RowLoader.create(session, Table.FILES, CONTENT);
          session.execute(
              "INSERT INTO staged_files BY NAME SELECT * EXCLUDE (file_row_number), file_row_number AS "
                  + SegmentReader.KEY
                  + " FROM read_parquet("
                  + literal(contents)
                  + ", file_row_number = true)");
        },
        ruleSet,
        suppressions,
        findings,
        runs,
        timeout);
  }

  private SuppressionLedger.Outcome judge(
      Beside beside,
      RuleSet ruleSet,
      SuppressionSet suppressions,
      List<Finding> findings,
      List<ReplayResult.RuleRun> runs,
      Duration timeout)
      throws SQLException, IOException {
    if (suppressions.isEmpty()) {
      return new SuppressionLedger.Outcome(findings, Suppressions.NONE);
    }
    Vocabulary vocabulary = define(beside, ruleSet.surface());
    try (Connection connection = session.duplicate("main")) {
      return new SuppressionRun(session, connection, vocabulary, timeout)
          .run(suppressions, findings, ruleSet.rules(), runs);
    }
  }

  /** Puts the surface over what was found, and what is known of files. */
  private Vocabulary define(Beside beside, RuleSurface surface) throws SQLException, IOException {
    SqlSurface.prepare(session, surface);
    for (Table table : Table.values()) {
      RowLoader.forbid(session, table);
    }
    SegmentSchema schema = SegmentSchema.of(Table.EXECS);
    session.execute(
        "CREATE OR REPLACE VIEW raw_execs AS SELECT "
            + schema.names(schema.names())
            + " FROM found_execs");
    beside.load();
    session.lock();
    return SqlSurface.define(session, surface);
  }

  @Override
  public void close() throws SQLException, IOException {
    session.close();
  }

  /** Makes the tables of captures and files. */
  @FunctionalInterface
  private interface Beside {
    void load() throws SQLException;
  }
}
