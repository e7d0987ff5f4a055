// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import dev.trailcam.recorder.libbpf.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.function.Supplier;

/**
 * Finds out about executed files in one thread that stands back behind everything else. All methods
 * belong to one other thread, the collector's, and none but {@link #finish} ever waits; the two
 * threads share no lock, so the slow one cannot hold up the other.
 *
 * <p>Every file that was accepted comes out of {@link #drain} exactly once, with facts or with the
 * reason why there are none.
 */
public final class FileExaminer implements AutoCloseable {
  private final Limits limits;
  private final KnownFiles known;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private final Deque<FileFacts> refused = new ArrayDeque<>();
  private final TransferQueue<Ticket> queue = new LinkedTransferQueue<>();
  private final Ticket end = new Ticket(null);
  private final Thread thread;
  private volatile boolean abandoned;

  /** Takes the facts of {@link #drain}. */
  @FunctionalInterface
  public interface FactsConsumer {
    /** Called for each file. */
    void accept(FileFacts facts) throws IOException;
  }

  private FileExaminer(Limits limits, Supplier<Examination> examination) {
    this.limits = limits;
    this.known = new KnownFiles(limits.remembered());
    thread = new Thread(() -> examineAll(examination), "file-examiner");
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public static FileExaminer start() {
    return start(Limits.DEFAULT, () -> new FileReading(Limits.DEFAULT));
  }

  static FileExaminer start(Limits limits, Supplier<Examination> examination) {
    FileExaminer examiner = new FileExaminer(limits, examination);
    examiner.thread.start();
    return examiner;
  }

  /**
   * Whether {@link #offer} would do anything with this file; spares making a request of what is
   * known already, which nearly every execution's file is.
   */
  public boolean wants(FileKey key) {
    return known.wants(key);
  }

  /**
   * Has a file examined unless that is done or under way.
   *
   * @return false when as many files wait as may: the file is not taken, and the caller records
   *     {@link MissingFacts#BUSY}
   */
  public boolean offer(FileRequest request) {
    if (!known.wants(request.key())) {
      return true;
    }
    if (abandoned || waiting.size() + refused.size() >= limits.waiting()) {
      return false;
    }
    known.begin(request.key());
    MissingFacts refusal = refusal(request);
    if (refusal != null) {
      refused.add(FileFacts.missing(request, refusal));
    } else {
      Ticket ticket = new Ticket(request);
      waiting.add(ticket);
      queue.add(ticket);
    }
    return true;
  }

  /** Why a file is not to be looked at at all; null when it is. */
  private static MissingFacts refusal(FileRequest request) {
    if (!request.hasName()) {
      return MissingFacts.MEMFD_OR_DELETED;
    }
    byte[] path = FileFacts.keptPath(request);
    if (path == null || path[0] != '/') {
      return MissingFacts.NO_PATH;
    }
    return LocalFileSystems.contains(request.fsMagic()) ? null : MissingFacts.REMOTE_FILE_SYSTEM;
  }

  /**
   * Hands over what has been found out since the last time.
   *
   * @throws IOException from the consumer; what it failed on counts as handed over
   */
  public void drain(FactsConsumer to) throws IOException {
    for (FileFacts facts = refused.poll(); facts != null; facts = refused.poll()) {
      handOver(facts, to);
    }
    for (Ticket ticket = waiting.peek(); ticket != null; ticket = waiting.peek()) {
      FileFacts facts = ticket.outcome();
      if (facts == null) {
        return; // they are examined in their order
      }
      waiting.remove();
      handOver(facts, to);
    }
  }

  private void handOver(FileFacts facts, FactsConsumer to) throws IOException {
    known.end(facts);
    to.accept(facts);
  }

  /**
   * Waits until what was offered is examined, at most for so long. What is left then comes out as
   * TOO_SLOW, when it was being examined, or BUSY. To be followed by {@link #drain}; nothing is
   * taken any more.
   */
  public void finish(Duration bound) {
    queue.add(end);
    long deadline = System.nanoTime() + bound.toNanos();
    long left = bound.toNanos();
    while (left > 0 && thread.isAlive()) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      } catch (InterruptedException e) {
        Thread.interrupted(); // the bound is short enough to wait for
      }
      left = deadline - System.nanoTime();
    }
    abandoned = true;
    waiting.forEach(Ticket::giveUp);
  }

  /** {@link #finish} without waiting. */
  @Override
  public void close() {
    finish(Duration.ZERO);
  }

  private void examineAll(Supplier<Examination> supplier) {
    BackgroundThread.enter();
    Examination examination = supplier.get();
    try {
      for (Ticket ticket = queue.take(); ticket != end && !abandoned; ticket = queue.take()) {
        ticket.examine(examination);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; were it so, what waits would come out as BUSY.
    }
  }
}
