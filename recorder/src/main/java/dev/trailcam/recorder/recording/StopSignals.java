// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * Keeps SIGINT, SIGTERM and SIGHUP from ending this process before the evidence is sealed. The JDK
 * has no other way to take a signal than {@code sun.misc.Signal} (module jdk.unsupported).
 */
@SuppressWarnings("sunapi")
final class StopSignals {
  static final int SIGINT = 2;
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile IntConsumer listener = number -> {};

  /** From now on these signals only count. */
  static StopSignals take() {
    StopSignals signals = new StopSignals();
    for (String name : NAMES) {
      Signal.handle(new Signal(name), signal -> signals.arrived(signal.getNumber()));
    }
    return signals;
  }

  private void arrived(int number) {
    listener.accept(number);
    stopped.countDown();
  }

  /** Calls the listener, in a thread of its own, with the number of each signal that arrives. */
  void forwardTo(IntConsumer listener) {
    this.listener = listener;
  }

  /** Waits for the first of them. */
  void await() {
    while (stopped.getCount() > 0) {
      try {
        stopped.await();
      } catch (InterruptedException e) {
        Thread.interrupted(); // nobody interrupts this thread on purpose
      }
    }
  }
}
