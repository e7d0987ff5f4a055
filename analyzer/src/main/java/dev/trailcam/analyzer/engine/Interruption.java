// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.files.PrivateDirectory;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of running statements and of a private directory when the program is asked to end,
 * by Ctrl-C or otherwise: the statements are stopped, then the directory is removed. Nothing starts
 * after that.
 */
final class Interruption implements AutoCloseable {
  /** Planning heeds no interrupt; whoever waits shall not notice. */
  private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(600);

  private static final long PAUSE_MS = 5;

  private final PrivateDirectory directory;
  private final Set<Statement> running = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::interrupt, "interrupt");
  private volatile boolean interrupted;

  /**
   * From now on the directory is looked after.
   *
   * @throws CancellationException if the program is being ended already; the directory is gone then
   */
  Interruption(PrivateDirectory directory) throws IOException {
    this.directory = directory;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      directory.close();
      throw cancelled();
    }
  }

  /**
   * Runs what a statement does.
   *
   * @throws CancellationException if the program is being ended
   */
  void run(Statement statement, Action action) throws SQLException {
    running.add(statement);
    try {
      requireNone();
      action.run();
    } catch (SQLException e) {
      requireNone();
      throw e;
    } finally {
      running.remove(statement);
    }
  }

  /**
   * To be called between pieces of work that are no statements.
   *
   * @throws CancellationException if the program is being ended
   */
  void requireNone() {
    if (interrupted) {
      throw cancelled();
    }
  }

  /** Called as the virtual machine ends. */
  private void interrupt() {
    interrupted = true;
    long until = System.nanoTime() + PATIENCE_NS;
    try {
      while (!running.isEmpty() && System.nanoTime() < until) {
        for (Statement statement : running) {
          cancel(statement);
        }
        Thread.sleep(PAUSE_MS); // a statement that has not begun yet does not notice the first time
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then clean up at once
    }
    try {
      directory.close();
    } catch (IOException e) {
      // Nothing is left that could be done about it; the next run will try again.
      System.err.println("trailcam: " + directory.path() + " could not be removed");
    }
  }

  /** Stops a statement if it is running. */
  static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has ended by itself.
    }
  }

  /**
   * The work is over.
   *
   * @return whether the caller has to clean up; otherwise it is being done
   */
  boolean end() {
    if (interrupted) {
      return false;
    }
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false; // the hook is at work
    }
  }

  @Override
  public void close() throws IOException {
    if (end()) {
      directory.close();
    }
  }

  private static CancellationException cancelled() {
    return new CancellationException("interrupted");
  }

  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }
}
