// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work on a thread with a large stack. DuckDB 2.0.0 ends the whole process on deeply nested
 * subqueries where the stack is as small as the JVM's default; with 64 MiB it reports an error.
 */
final class DeepStack {
  private static final long BYTES = 64L << 20;

  private DeepStack() {}

  /** The work's result; its exceptions come through as they are. */
  static <T> T call(Callable<T> work) throws Exception {
    return result(start(work));
  }

  /** Begins with the work. */
  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "engine", BYTES);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Waits for the result; the work's exceptions come through as they are. */
  static <T> T result(FutureTask<T> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw EngineException.ofFullHeap(e);
      }
      throw new IllegalStateException("the engine broke", e.getCause());
    }
  }
}
