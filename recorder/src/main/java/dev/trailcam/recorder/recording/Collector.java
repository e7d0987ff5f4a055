// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.libbpf.KernelWatch;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.spool.ClockFrame;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.wire.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moves records from the ring to the spool, and once a second writes down what the kernel counted
 * and what the clocks say. Runs in a thread of its own and does nothing else: encoding comes later.
 */
final class Collector implements Runnable {
  private static final int POLL_MILLIS = 100;
  private static final long HEARTBEAT_NANOS = 1_000_000_000L;

  private final KernelWatch watch;
  private final Intake intake;
  private final SpoolFiles spool;
  private final Runnable alive;
  private final Consumer<Throwable> alarm;
  private final SystemClocks clocks = new SystemClocks();
  private final LossMeter losses;
  private long lastHeartbeat;
  private volatile boolean stopping;
  private Throwable failure;

  /**
   * @param intake takes the records
   * @param spool the same that the intake fills
   * @param begunBootNs when recording began
   * @param alive called once a second, as long as all goes well
   * @param alarm called at once, in the collector's thread, with what ends collecting early
   */
  Collector(
      KernelWatch watch,
      Intake intake,
      SpoolFiles spool,
      long begunBootNs,
      Runnable alive,
      Consumer<Throwable> alarm) {
    this.watch = watch;
    this.intake = intake;
    this.spool = spool;
    this.alive = alive;
    this.alarm = alarm;
    this.losses = new LossMeter(watch.cpus(), begunBootNs);
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        collect();
        watch.ring().await(POLL_MILLIS);
      }
      drain();
      intake.finish();
      heartbeat(clocks.read());
      spool.sync();
    } catch (IOException | RuntimeException | Error e) {
      // Also what nobody foresaw, memory that is used up among it: nothing is kept from here on.
      failure = e;
      alarm.accept(e);
    }
  }

  private void collect() throws IOException {
    drain();
    ClockReading now = clocks.read();
    if (now.monotonicNs() - lastHeartbeat >= HEARTBEAT_NANOS) {
      heartbeat(now);
      lastHeartbeat = now.monotonicNs();
      spool.sync();
      spool.rollIfFull(now);
      alive.run();
    }
  }

  private void drain() throws IOException {
    watch.ring().drain(intake::accept);
    intake.takeFileFacts();
    spool.flush();
  }

  private void heartbeat(ClockReading now) throws IOException {
    List<KernelCounters> counters = watch.counters();
    for (LossFrame loss : losses.advance(counters, now.bootNs())) {
      spool.append(FrameKind.LOSS, loss.encode());
    }
    spool.append(FrameKind.COUNTERS, counters(now, counters).encode());
    spool.append(FrameKind.CLOCK, new ClockFrame(now).encode());
    spool.flush();
  }

  private static CountersFrame counters(ClockReading now, List<KernelCounters> counters) {
    List<CountersFrame.Count> counts = new ArrayList<>();
    for (KernelCounters processor : counters) {
      for (EventKind kind : EventKind.values()) {
        KernelCounters.Count count = processor.of(kind);
        if (count.seen() > 0) {
          counts.add(
              new CountersFrame.Count(processor.cpu(), kind, count.seen(), count.submitted()));
        }
      }
    }
    return new CountersFrame(now.bootNs(), counts);
  }

  /**
   * Tells the thread to drain what the kernel has left and to end. Call it when the kernel program
   * no longer runs, then join the thread, then look at {@link #failure}.
   */
  void stop() {
    stopping = true;
  }

  /** Why collecting ended early, or null; to be read when the thread has ended. */
  Throwable failure() {
    return failure;
  }
}
