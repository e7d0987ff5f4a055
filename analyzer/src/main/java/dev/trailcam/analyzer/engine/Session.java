// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.files.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/**
 * One DuckDB of its own in memory, with a private directory; both are gone when it is closed, also
 * when the user interrupts the program.
 */
final class Session implements AutoCloseable {
  private static final String STOPPED = "the query was stopped";

  private final PrivateDirectory directory;
  private final boolean ownsDirectory;
  private final EngineOptions options;
  private final DuckDBConnection connection;
  private final Interruption interruption;
  private final Arguments arguments;
  private volatile DuckDBPreparedStatement underWay;
  private volatile boolean cancelled;

  Session(EngineOptions options) throws SQLException, IOException {
    this(options, new PrivateDirectory(), false);
  }

  private Session(EngineOptions options, PrivateDirectory directory, boolean streams)
      throws SQLException, IOException {
    this(options, directory, new Interruption(directory), true, streams);
  }

  private Session(
      EngineOptions options,
      PrivateDirectory directory,
      Interruption interruption,
      boolean ownsDirectory,
      boolean streams)
      throws SQLException, IOException {
    this.options = options;
    this.arguments = new Arguments(options.showSecrets());
    this.directory = directory;
    this.interruption = interruption;
    this.ownsDirectory = ownsDirectory;
    try {
      connection =
          DriverManager.getConnection("jdbc:duckdb:", properties(options, streams))
              .unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      interruption.close();
      throw e;
    }
    execute("SET TimeZone = 'UTC'");
    // Both, or it would print a bar of its own.
    execute("SET enable_progress_bar_print = false");
    execute("SET enable_progress_bar = true");
    execute("SET allocator_flush_threshold = '16MB'");
    execute("SET allocator_bulk_deallocation_flush_threshold = '32MB'");
  }

  /** One whose results never are in memory as a whole, however large. */
  static Session streaming(EngineOptions options) throws SQLException, IOException {
    return new Session(options, new PrivateDirectory(), true);
  }

  private Properties properties(EngineOptions options, boolean streams) {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", Boolean.toString(streams));
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    properties.setProperty("allow_extension_repositories", "forbidden");
    properties.setProperty(
        "temp_directory", directory.path().resolve(ownsDirectory ? "spill" : "spill-2").toString());
    if (options.threads() > 0) {
      properties.setProperty("threads", Integer.toString(options.threads()));
    }
    if (!options.memory().isEmpty()) {
      properties.setProperty("memory_limit", options.memory());
    }
    return properties;
  }

  /** Another engine that uses the same private directory, and has to be closed before this one. */
  Session sibling() throws SQLException, IOException {
    return new Session(options, directory, interruption, false, false);
  }

  /** How arguments are shown that come out of it. */
  Arguments arguments() {
    return arguments;
  }

  PrivateDirectory directory() {
    return directory;
  }

  /** From now on no file can be opened and no setting changed, whatever is executed. */
  void lock() throws SQLException {
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  /** Runs one or more statements that we wrote ourselves. */
  void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  /** Runs statements on another connection to the same database. */
  void execute(Connection other, String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      run(statement, () -> statement.execute(sql));
    }
  }

  /**
   * Runs a statement that may take only so long, in whole seconds.
   *
   * @return how many rows it inserted
   * @throws java.sql.SQLTimeoutException if it takes longer
   */
  long insert(Connection other, String sql, Duration timeout) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.setQueryTimeout((int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE));
      long[] rows = new long[1];
      run(statement, () -> rows[0] = statement.executeLargeUpdate(sql));
      return rows[0];
    }
  }

  /** Prepares one statement that we wrote ourselves. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Prepares one statement that we wrote ourselves, on another connection. */
  PreparedStatement prepare(Connection other, String sql) throws SQLException {
    return other.prepareStatement(sql);
  }

  /** Appends rows to a table that we made ourselves; to be closed. */
  DuckDBAppender append(String table) throws SQLException {
    return connection.createAppender(table);
  }

  /** The same for a temporary table. */
  DuckDBAppender appendTemporary(String table) throws SQLException {
    return connection.createAppender("temp", "main", table);
  }

  /** Hands each row of a query to the visitor. */
  void query(Connection other, String sql, RowVisitor visitor) throws SQLException {
    try (Statement statement = other.createStatement()) {
      ResultSet[] rows = new ResultSet[1];
      run(statement, () -> rows[0] = statement.executeQuery(sql));
      try (ResultSet row = rows[0]) {
        while (row.next()) {
          interruption.requireNone();
          visitor.visit(row);
        }
      }
    }
  }

  void query(String sql, RowVisitor visitor) throws SQLException {
    query(connection, sql, visitor);
  }

  /**
   * Hands the columns of a query to one visitor, then each row to the other, as they come. {@link
   * #cancel} and an interrupt stop it wherever it is.
   */
  void stream(String sql, ColumnVisitor columns, RowVisitor visitor) throws SQLException {
    cancelled = false;
    try (Statement statement = connection.createStatement()) {
      ResultSet[] rows = new ResultSet[1];
      run(statement, () -> rows[0] = statement.executeQuery(sql));
      try (ResultSet row = rows[0]) {
        columns.visit(row.getMetaData());
        boolean[] more = new boolean[1];
        for (run(statement, () -> more[0] = row.next());
            more[0];
            run(statement, () -> more[0] = row.next())) {
          visitor.visit(row);
          if (cancelled) {
            // Between two rows nothing runs that the engine could interrupt.
            throw new SQLException(STOPPED);
          }
        }
      }
    } catch (SQLException e) {
      // What the driver says of it depends on where the query was.
      throw cancelled ? new SQLException(STOPPED, e) : e;
    }
  }

  /** Stops the statement that is under way, if any. May be called from any thread. */
  void cancel() {
    cancelled = true;
    DuckDBPreparedStatement statement = underWay;
    if (statement != null) {
      Interruption.cancel(statement);
    }
  }

  /**
   * Hands what a query gives to the visitor as it comes, a few rows at a time. For many numbers:
   * they are read where the engine has them, and never are all in memory.
   *
   * <p>The driver does not tell an error on the way from the end, so the visitor has to know how
   * many rows there are.
   */
  void chunks(String sql, ChunkVisitor visitor) throws SQLException {
    try (DuckDBPreparedStatement statement =
        connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class)) {
      DuckDBChunkedResult[] result = new DuckDBChunkedResult[1];
      run(statement, () -> result[0] = statement.query());
      try (DuckDBChunkedResult chunks = result[0]) {
        boolean[] more = new boolean[1];
        for (run(statement, () -> more[0] = chunks.nextChunk());
            more[0];
            run(statement, () -> more[0] = chunks.nextChunk())) {
          visitor.visit(chunks.chunk());
        }
        interruption.requireNone(); // it would look like the end too
      }
    }
  }

  /** The one number that a query gives; 0 if it gives no row. */
  long number(String sql) throws SQLException {
    return number(connection, sql);
  }

  /** The same, on another connection. */
  long number(Connection other, String sql) throws SQLException {
    long[] number = new long[1];
    query(other, sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  /** Bytes that the engine may use before it spills. */
  long memoryBytes() throws SQLException {
    return number("SELECT parse_formatted_bytes(current_setting('memory_limit'))");
  }

  /** Name and version of the engine. */
  String engine() throws SQLException {
    String[] version = new String[1];
    query("SELECT version()", row -> version[0] = "DuckDB " + row.getString(1));
    return version[0];
  }

  /** The connection that everything goes through that names no other. */
  Connection connection() {
    return connection;
  }

  /**
   * Another connection to the same database, with temporary tables of its own.
   *
   * @param schema where it looks for names first
   */
  Connection duplicate(String schema) throws SQLException {
    Connection other = connection.duplicate();
    execute(other, "SET search_path = " + literal(schema + ",main"));
    return other;
  }

  private void run(Statement statement, Interruption.Action action) throws SQLException {
    underWay = (DuckDBPreparedStatement) statement;
    try {
      interruption.run(statement, action);
    } finally {
      underWay = null;
    }
  }

  /**
   * How much of the statement that is under way is done, in percent, at least; -1 where nobody can
   * say. May be called from any thread.
   */
  int percent() {
    DuckDBPreparedStatement statement = underWay;
    if (statement == null) {
      return -1;
    }
    try {
      return (int) statement.getQueryProgress().getPercentage();
    } catch (SQLException e) {
      return -1; // it has ended meanwhile
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    if (!ownsDirectory) {
      connection.close();
      return;
    }
    if (!interruption.end()) {
      return;
    }
    try {
      connection.close();
    } finally {
      directory.close();
    }
  }

  /** SQL string literal for a path in the private directory. */
  static String literal(Path path) {
    return literal(path.toString());
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @FunctionalInterface
  interface ChunkVisitor {
    void visit(DuckDBDataChunkReader chunk) throws SQLException;
  }

  @FunctionalInterface
  interface ColumnVisitor {
    void visit(ResultSetMetaData columns) throws SQLException;
  }

  @FunctionalInterface
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }
}
