// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.BackgroundThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Seals spool files one after the other while recording goes on. Each is sealed by a thread of its
 * own, which stands back behind what the machine is there for unless others wait already: a machine
 * that is busy for hours would otherwise fill its disk with spool. A thread that once stood back
 * has no right to step forward again, so what is left when recording ends is sealed by who waits
 * for it.
 */
final class Sealing {
  private static final long POLL_MILLIS = 200;

  private final Work work;
  private final Consumer<Throwable> alarm;
  private final BlockingQueue<Path> full = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::sealInBackground, "sealer");
  private volatile boolean ending;
  private Throwable failure;

  /** What is done with a spool file that does not change any more. */
  interface Work {
    void seal(Path spoolFile) throws IOException;
  }

  /**
   * @param work never called twice at once
   * @param alarm called at once with what keeps anything more from being sealed
   */
  Sealing(Work work, Consumer<Throwable> alarm) {
    this.work = work;
    this.alarm = alarm;
    thread.setDaemon(true);
    thread.start();
  }

  /** Seals a file that does not change any more; returns at once. */
  void submit(Path spoolFile) {
    full.add(spoolFile);
  }

  private void sealInBackground() {
    while (!ending) {
      try {
        Path spoolFile = full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (spoolFile != null) {
          sealAside(spoolFile);
        }
      } catch (InterruptedException e) {
        Thread.interrupted(); // nobody interrupts this thread on purpose
      }
    }
  }

  private void sealAside(Path spoolFile) {
    boolean behind = !full.isEmpty();
    Thread aside =
        new Thread(
            () -> {
              if (!behind) {
                BackgroundThread.enter();
              }
              seal(spoolFile);
            },
            "sealing");
    aside.start();
    join(aside);
  }

  private void seal(Path spoolFile) {
    if (failure != null) {
      return; // segments are sealed in order; what is left stays in the spool
    }
    try {
      work.seal(spoolFile);
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
    join(thread);
    for (Path spoolFile = full.poll(); spoolFile != null; spoolFile = full.poll()) {
      seal(spoolFile);
    }
    return failure;
  }

  private static void join(Thread other) {
    while (other.isAlive()) {
      try {
        other.join();
      } catch (InterruptedException e) {
        // Evidence comes first: whoever wants us gone at once has kill -9.
        Thread.interrupted();
      }
    }
  }
}
