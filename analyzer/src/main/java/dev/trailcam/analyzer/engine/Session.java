// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.files.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB of its own in memory, with a private directory; both are gone when it is closed, also
 * when the user interrupts the program.
 */
final class Session implements AutoCloseable {
  private final PrivateDirectory directory;
  private final DuckDBConnection connection;
  private final Thread onInterrupt = new Thread(this::interrupt, "interrupt");
  private volatile Statement running;
  private volatile boolean interrupted;

  Session(EngineOptions options) throws SQLException, IOException {
    directory = new PrivateDirectory();
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    connection =
        DriverManager.getConnection("jdbc:duckdb:", properties(options))
            .unwrap(DuckDBConnection.class);
    execute("SET TimeZone = 'UTC'");
  }

  private Properties properties(EngineOptions options) {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    properties.setProperty("allow_extension_repositories", "forbidden");
    properties.setProperty("temp_directory", directory.path().resolve("spill").toString());
    if (options.threads() > 0) {
      properties.setProperty("threads", Integer.toString(options.threads()));
    }
    if (!options.memory().isEmpty()) {
      properties.setProperty("memory_limit", options.memory());
    }
    return properties;
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
   * Runs statements that may take only so long, in whole seconds.
   *
   * @throws java.sql.SQLTimeoutException if they take longer
   */
  void execute(Connection other, String sql, Duration timeout) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.setQueryTimeout((int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE));
      run(statement, () -> statement.execute(sql));
    }
  }

  /** Prepares one statement that we wrote ourselves. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Appends rows to a table that we made ourselves; to be closed. */
  DuckDBAppender append(String table) throws SQLException {
    return connection.createAppender(table);
  }

  /** Hands each row of a query to the visitor. */
  void query(Connection other, String sql, RowVisitor visitor) throws SQLException {
    try (Statement statement = other.createStatement()) {
      ResultSet[] rows = new ResultSet[1];
      run(statement, () -> rows[0] = statement.executeQuery(sql));
      try (ResultSet row = rows[0]) {
        while (row.next()) {
          visitor.visit(row);
        }
      }
    }
  }

  void query(String sql, RowVisitor visitor) throws SQLException {
    query(connection, sql, visitor);
  }

  /** Another connection to the same database, with temporary tables of its own. */
  Connection duplicate() throws SQLException {
    return connection.duplicate();
  }

  private void run(Statement statement, Action action) throws SQLException {
    running = statement;
    try {
      requireNotInterrupted();
      action.run();
    } catch (SQLException e) {
      requireNotInterrupted();
      throw e;
    } finally {
      running = null;
    }
  }

  private void requireNotInterrupted() {
    if (interrupted) {
      throw new CancellationException("interrupted");
    }
  }

  /** The virtual machine is about to end: stop the work, leave no files behind. */
  private void interrupt() {
    interrupted = true;
    try {
      Statement statement = running;
      if (statement != null) {
        statement.cancel();
      }
      directory.close();
    } catch (SQLException | IOException e) {
      // Nothing is left that could be done about it.
      System.err.println("trailcam: " + directory.path() + " could not be removed");
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    if (interrupted) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      return; // the hook is at work
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
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Action {
    void run() throws SQLException;
  }
}
