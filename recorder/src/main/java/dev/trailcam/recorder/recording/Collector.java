// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.recorder.libbpf.ExecProbe;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.spool.ClockFrame;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.LossFrame;
import java.io.IOException;
import java.util.List;

/**
 * Moves records from the ring to the spool, and once a second writes down what the kernel counted
 * and what the clocks say. Runs in a thread of its own and does nothing else: encoding comes later.
 */
final class Collector implements Runnable {
  private static final int POLL_MILLIS = 100;
  private static final long HEARTBEAT_NANOS = 1_000_000_000L;

  private final ExecProbe probe;
  private final SpoolFiles spool;
  private final SystemClocks clocks = new SystemClocks();
  private final LossMeter losses;
  private long lastHeartbeat;
  private volatile boolean stopping;
  private Exception failure;

  /**
   * @param begunBootNs when recording began
   */
  Collector(ExecProbe probe, SpoolFiles spool, long begunBootNs) {
    this.probe = probe;
    this.spool = spool;
    this.losses = new LossMeter(probe.cpus(), begunBootNs);
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        collect();
        probe.ring().await(POLL_MILLIS);
      }
      drain();
      heartbeat(clocks.read());
      spool.sync();
    } catch (IOException | RuntimeException e) {
      failure = e;
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
    }
  }

  private void drain() throws IOException {
    probe.ring().drain(record -> spool.append(FrameKind.EVENT, record));
    spool.flush();
  }

  private void heartbeat(ClockReading now) throws IOException {
    List<KernelCounters> counters = probe.counters();
    for (LossFrame loss : losses.advance(counters, now.bootNs())) {
      spool.append(FrameKind.LOSS, loss.encode());
    }
    spool.append(FrameKind.COUNTERS, counters(now, counters).encode());
    spool.append(FrameKind.CLOCK, new ClockFrame(now).encode());
    spool.flush();
  }

  private static CountersFrame counters(ClockReading now, List<KernelCounters> counters) {
    return new CountersFrame(
        now.bootNs(),
        counters.stream()
            .map(c -> new CountersFrame.Processor(c.cpu(), c.executed(), c.submitted()))
            .toList());
  }

  /**
   * Tells the thread to drain what the kernel has left and to end. Call it when the kernel program
   * no longer runs, then join the thread, then look at {@link #failure}.
   */
  void stop() {
    stopping = true;
  }

  /** Why collecting ended early, or null; to be read when the thread has ended. */
  Exception failure() {
    return failure;
  }
}
