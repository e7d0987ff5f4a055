// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.BackgroundThread;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Seals spool files one after the other in a thread that stands back, while recording goes on. What
 * is left when recording ends is sealed by who waits for it: a thread that once stood back has no
 * right to step forward again, and on a busy machine would take minutes.
 */
final class Sealing {
  private static final long POLL_MILLIS = 200;

  private final Sealer sealer;
  private final Retention retention;
  private final Consumer<Throwable> alarm;
  private final SystemClocks clocks = new SystemClocks();
  private final BlockingQueue<Path> full = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::sealInBackground, "sealer");
  private volatile boolean ending;
  private Throwable failure;

  /**
   * @param alarm called at once with what keeps anything more from being sealed
   */
  Sealing(Sealer sealer, Retention retention, Consumer<Throwable> alarm) {
    this.sealer = sealer;
    this.retention = retention;
    this.alarm = alarm;
    thread.setDaemon(true);
    thread.start();
  }

  /** Seals a file that does not change any more; returns at once. */
  void submit(Path spoolFile) {
    full.add(spoolFile);
  }

  private void sealInBackground() {
    BackgroundThread.enter();
    while (!ending) {
      try {
        Path spoolFile = full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (spoolFile != null) {
          seal(spoolFile);
        }
      } catch (InterruptedException e) {
        Thread.interrupted(); // nobody interrupts this thread on purpose
      }
    }
  }

  private void seal(Path spoolFile) {
    if (failure != null) {
      return; // segments are sealed in order; what is left stays in the spool
    }
    try {
      sealer.seal(spoolFile);
      retention.apply(sealer.segments(), clocks.read());
    } catch (IOException | RuntimeException | Error e) {
      // Also what nobody foresaw, a library that does not load or memory that is short: the capture
      // must not get an end line over an unsealed spool.
      failure = e;
      alarm.accept(e);
    }
  }

  /**
   * Seals the rest of what was submitted.
   *
   * @return why a file could not be sealed, or null
   */
  Throwable finish() {
    ending = true;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Evidence comes first: whoever wants us gone at once has kill -9.
        Thread.interrupted();
      }
    }
    for (Path spoolFile = full.poll(); spoolFile != null; spoolFile = full.poll()) {
      seal(spoolFile);
    }
    return failure;
  }
}
