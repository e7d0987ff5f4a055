// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The file in which a hunt keeps its books: a DuckDB database with a lock, a log that makes each
 * transaction whole, and checksums. Its tables are the current schema of {@link #session}; rules
 * never run there.
 */
final class StateFile implements AutoCloseable {
  private static final int VERSION = 1;
  private static final String KIND = "trailcam hunt";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /** The executions have every stored column of {@code execs} besides. */
  private static final Map<String, String> TABLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("about", "kind VARCHAR, version INTEGER"),
              Map.entry("runs", "run INTEGER, finished BOOLEAN"),
              Map.entry(
                  "rules",
                  "rule INTEGER, id VARCHAR, logic VARCHAR, version INTEGER, title VARCHAR,"
                      + " severity VARCHAR, status VARCHAR, tactics VARCHAR, techniques VARCHAR,"
                      + " reads VARCHAR"),
              Map.entry(
                  "windows",
                  "capture INTEGER, place INTEGER, began BIGINT, ended BIGINT, lost VARCHAR,"
                      + " uncounted BOOLEAN, causes VARCHAR"),
              Map.entry("boots", "boot INTEGER, boot_id VARCHAR, content VARCHAR"),
              Map.entry(
                  "captures",
                  "capture INTEGER, boot INTEGER, capture_id VARCHAR, path VARCHAR,"
                      + " manifest_sha256 VARCHAR, listing VARCHAR, executions BIGINT"),
              Map.entry(
                  "segments",
                  "segment INTEGER, capture INTEGER, file VARCHAR, sha256 VARCHAR, live BOOLEAN"),
              Map.entry(
                  "notes",
                  "capture INTEGER, kind VARCHAR, name VARCHAR, message VARCHAR, count BIGINT"),
              Map.entry("pairs", "boot INTEGER, rule INTEGER"),
              Map.entry("failures", "boot INTEGER, rule INTEGER, message VARCHAR"),
              Map.entry("archives", "archive VARCHAR, fingerprint VARCHAR"),
              Map.entry(
                  "archive_files",
                  "archive VARCHAR, place INTEGER, directory VARCHAR, manifest VARCHAR,"
                      + " name VARCHAR, kind VARCHAR, bytes BIGINT, changed BIGINT"),
              Map.entry(
                  "archive_problems",
                  "archive VARCHAR, path VARCHAR, kind VARCHAR, message VARCHAR"),
              Map.entry(
                  "findings",
                  "rule INTEGER, rule_id VARCHAR, boot INTEGER, exec_id VARCHAR,"
                      + " severity VARCHAR, reason VARCHAR, first_run INTEGER,"
                      + " resolved_run INTEGER, resolved VARCHAR"),
              Map.entry(
                  "contents",
                  "capture INTEGER, dev BIGINT, inode BIGINT, size BIGINT,"
                      + " ctime TIMESTAMP WITH TIME ZONE, sha256 VARCHAR, build_id VARCHAR,"
                      + " needed VARCHAR[]")));

  private final Path file;
  private final Session session;

  private StateFile(Path file, Session session) {
    this.file = file;
    this.session = session;
  }

  /**
   * Opens the books, or begins them where there is no such file.
   *
   * @throws EngineException if the file is none of ours, damaged, of a newer version, or in use
   */
  static StateFile open(Path file, EngineOptions options) throws SQLException, IOException {
    Path path = file.toAbsolutePath().normalize();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Optional<Path> remains = new StateFold(path).remains();
      if (remains.isPresent()) {
        throw unusable(
            file,
            "is gone and "
                + remains.get().getFileName()
                + " beside it is not; remove that too to begin anew",
            null);
      }
      create(path, options);
    } else if (!Files.isRegularFile(path)) {
      throw unusable(file, "is no regular file", null);
    }
    Path real = path.toRealPath();
    if (!new StateFold(real).finish()) {
      throw inUse(file, null);
    }
    Session session = new Session(options);
    try {
      StateFile state = new StateFile(real, session);
      // A log is only ever added to, so it survives a kill at any point; the blocks of a file that
      // is being rewritten did not always.
      session.execute("SET checkpoint_threshold = '1TB'");
      session.execute("PRAGMA disable_checkpoint_on_shutdown");
      state.attach(file);
      state.check(file);
      state.privateLog();
      return state;
    } catch (SQLException | IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Whole and under its own name, or not at all; never in the place of another file. */
  private static void create(Path path, EngineOptions options) throws SQLException, IOException {
    Path parent = path.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new EngineException(parent + " is no directory; --state needs one that is there", null);
    }
    Path directory = Files.createTempDirectory(parent, ".trailcam-state-");
    Path begun = directory.resolve("state");
    try {
      try (Session session = new Session(options)) {
        session.execute("ATTACH " + literal(begun) + " AS state (TYPE duckdb)");
        Files.setPosixFilePermissions(begun, PRIVATE);
        session.execute("USE state");
        session.execute("BEGIN TRANSACTION");
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
          session.execute("CREATE TABLE " + table.getKey() + " (" + table.getValue() + ")");
        }
        session.execute(
            "CREATE TABLE executions (found_exec_id VARCHAR, found_segment INTEGER, "
                + SegmentSchema.of(Table.EXECS).definition(SegmentSchema.of(Table.EXECS).names())
                + ")");
        session.execute("INSERT INTO about VALUES (" + literal(KIND) + ", " + VERSION + ")");
        session.execute("COMMIT");
        session.execute("USE memory");
        session.execute("DETACH state");
      }
      Files.createLink(path, begun);
    } catch (FileAlreadyExistsException e) {
      // Another hunt was faster; whose turn it is, the lock decides.
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path one : files.toList()) {
          Files.deleteIfExists(one);
        }
      }
      Files.deleteIfExists(directory);
    }
  }

  private void attach(Path named) throws SQLException {
    try {
      session.execute("ATTACH " + literal(file) + " AS state (TYPE duckdb)");
      session.execute("USE state");
    } catch (SQLException e) {
      String message = SqlMessage.firstLine(e);
      if (message.contains("Conflicting lock") || message.contains("already attached")) {
        throw inUse(named, e);
      }
      throw unusable(named, "is no state of a hunt, or damaged: " + message, e);
    }
  }

  /** A stranger's database may have views and defaults that do something; ours has none. */
  private void check(Path named) throws SQLException {
    try {
      int[] version = new int[1];
      Map<String, Map<String, String>> columns = new TreeMap<>();
      session.query(
          "SELECT table_name, column_name, data_type FROM duckdb_columns()"
              + " WHERE database_name = 'state' AND NOT internal",
          row ->
              columns
                  .computeIfAbsent(row.getString(1), table -> new TreeMap<>())
                  .put(row.getString(2), row.getString(3)));
      if (!Map.of("kind", "VARCHAR", "version", "INTEGER").equals(columns.get("about"))) {
        throw unusable(named, "is no state of a hunt", null);
      }
      session.query(
          "SELECT version FROM about WHERE kind = " + literal(KIND),
          row -> version[0] = row.getInt(1));
      if (version[0] == 0) {
        throw unusable(named, "is no state of a hunt", null);
      }
      if (version[0] > VERSION) {
        throw unusable(named, "was written by a newer trailcam; use that one", null);
      }
      long foreign =
          session.number(
              "SELECT (SELECT count(*) FROM duckdb_views() WHERE database_name = 'state' AND NOT"
                  + " internal) + (SELECT count(*) FROM duckdb_functions() WHERE database_name ="
                  + " 'state' AND NOT internal) + (SELECT count(*) FROM duckdb_columns() WHERE"
                  + " database_name = 'state' AND column_default IS NOT NULL) + (SELECT count(*) FROM"
                  + " duckdb_constraints() WHERE database_name = 'state') + (SELECT count(*) FROM"
                  + " duckdb_indexes() WHERE database_name = 'state')");
      if (foreign > 0) {
        throw unusable(named, "holds what no hunt has written", null);
      }
      for (Map.Entry<String, String> table : TABLES.entrySet()) {
        Map<String, String> expected = new TreeMap<>();
        for (String column : table.getValue().split(", ", -1)) {
          String[] parts = column.strip().split(" ", 2);
          expected.put(parts[0], parts[1]);
        }
        if (!expected.equals(columns.get(table.getKey()))) {
          throw unusable(named, "lacks or alters table " + table.getKey(), null);
        }
      }
      executions(named, columns.getOrDefault("executions", Map.of()));
    } catch (SQLException e) {
      throw unusable(named, "is damaged: " + SqlMessage.firstLine(e), e);
    }
  }

  /** A later version of the capture format has more columns; those of old rows are null. */
  private void executions(Path named, Map<String, String> columns) throws SQLException {
    if (!"VARCHAR".equals(columns.get("found_exec_id"))
        || !"INTEGER".equals(columns.get("found_segment"))) {
      throw unusable(named, "lacks or alters table executions", null);
    }
    for (SegmentSchema.Stored column : SegmentSchema.of(Table.EXECS).columns()) {
      String type = columns.get(column.name());
      if (type == null) {
        session.execute(
            "ALTER TABLE executions ADD COLUMN " + identifier(column.name()) + " " + column.type());
      } else if (!type.equals(column.type())) {
        throw unusable(named, "lacks or alters table executions", null);
      }
    }
  }

  private static EngineException inUse(Path named, SQLException cause) {
    return new EngineException(
        named + " is in use by another hunt; wait for it to end, or use another --state", cause);
  }

  static EngineException unusable(Path named, String why, Throwable cause) {
    return new EngineException(
        named
            + " "
            + why
            + "; it was left as it is: restore a copy, or begin anew with another --state",
        cause);
  }

  Session session() {
    return session;
  }

  /**
   * Puts the log into the file, if it has become large; nothing else may be done with the books
   * afterwards.
   *
   * @param bytes how many the log may have, should the file have less
   * @param stages is told each stage when it is done
   */
  void fold(long bytes, Consumer<StateFold.Stage> stages) throws SQLException, IOException {
    StateFold fold = new StateFold(file);
    if (fold.logged() > Math.max(bytes, Files.size(file))) {
      fold.run(session, stages);
    }
  }

  /** Does one whole thing or nothing. */
  void transaction(Change change) throws SQLException, IOException {
    session.execute("BEGIN TRANSACTION");
    try {
      change.make();
    } catch (SQLException | RuntimeException e) {
      session.execute("ROLLBACK");
      throw e;
    }
    session.execute("COMMIT");
  }

  /** The engine would make a log that everybody may read. */
  private void privateLog() throws IOException {
    try {
      Files.createFile(
          file.resolveSibling(file.getFileName() + ".wal"),
          PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      // Ours, from before.
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      // Before the lock is given up: afterwards it may be somebody else's.
      Path log = file.resolveSibling(file.getFileName() + ".wal");
      if (Files.exists(log) && Files.size(log) == 0) {
        Files.delete(log);
      }
      session.execute("USE memory");
      session.execute("DETACH state");
    } finally {
      session.close();
    }
  }

  /** Some statements. */
  @FunctionalInterface
  interface Change {
    void make() throws SQLException;
  }
}
