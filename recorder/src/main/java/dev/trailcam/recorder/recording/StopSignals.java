// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.StraySignals;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/**
 * Keeps SIGHUP, SIGINT and SIGTERM from ending this process before the evidence is sealed. The JDK
 * lets nobody take a signal but through {@code sun.misc.Signal} (module jdk.unsupported), which a
 * compiler that targets a release warns of; so it is reached by reflection.
 */
public final class StopSignals {
  static final int SIGINT = 2;

  private static final Map<Integer, String> NAMES = Map.of(1, "HUP", SIGINT, "INT", 15, "TERM");

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile IntConsumer listener = number -> {};

  /** From now on these signals only count. */
  static StopSignals take() {
    StopSignals signals = new StopSignals();
    NAMES.forEach(
        (number, name) -> {
          StraySignals.restore(number);
          handle(name, () -> signals.arrived(number));
        });
    return signals;
  }

  /**
   * Ignores them until {@link #take}, also in a program that this one executes: a JVM that starts
   * would end by them, over a recording that has begun.
   */
  public static void hold() {
    NAMES.keySet().forEach(StraySignals::hold);
  }

  private static void handle(String name, Runnable then) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                then.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM lets nobody take SIG" + name, e);
    }
  }

  private void arrived(int number) {
    listener.accept(number);
    stopped.countDown();
  }

  /** Calls the listener, in a thread of its own, with the number of each signal that arrives. */
  void forwardTo(IntConsumer listener) {
    this.listener = listener;
  }

  /** Ends {@link #await} as a signal would. */
  void stop() {
    stopped.countDown();
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
