// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.BackgroundThread;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Seals spool files one after the other in a thread that stands back, while recording goes on. */
final class Sealing {
  private final Sealer sealer;
  private final Retention retention;
  private final SystemClocks clocks = new SystemClocks();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(() -> inBackground(task), "sealer");
            created.setDaemon(true);
            return created;
          });
  private Exception failure;

  Sealing(Sealer sealer, Retention retention) {
    this.sealer = sealer;
    this.retention = retention;
  }

  /** What is recorded goes first: encoding can wait. */
  private static void inBackground(Runnable task) {
    BackgroundThread.enter();
    task.run();
  }

  /** Seals a file that does not change any more; returns at once. */
  void submit(Path spoolFile) {
    thread.execute(() -> seal(spoolFile));
  }

  private void seal(Path spoolFile) {
    if (failure != null) {
      return; // segments are sealed in order; what is left stays in the spool
    }
    try {
      sealer.seal(spoolFile);
      retention.apply(sealer.segments(), clocks.read());
    } catch (IOException | RuntimeException e) {
      // Also what nobody foresaw: the capture must not get an end line over an unsealed spool.
      failure = e;
    }
  }

  /**
   * Waits until all that was submitted is sealed.
   *
   * @return why a file could not be sealed, or null
   */
  Exception finish() {
    thread.shutdown();
    boolean done = false;
    while (!done) {
      try {
        done = thread.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        // Evidence comes first: whoever wants us gone at once has kill -9.
        Thread.interrupted();
      }
    }
    return failure;
  }
}
