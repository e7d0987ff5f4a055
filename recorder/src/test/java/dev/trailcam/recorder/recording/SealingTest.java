// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SealingTest {
  private static final Path FIRST = Path.of("1");

  @Test
  void whatNobodyForesaw_isAFailureToo() {
    AtomicReference<Throwable> alarm = new AtomicReference<>();
    RuntimeException unforeseen = new IllegalArgumentException("no name of a spool file");
    Sealing sealing =
        new Sealing(
            file -> {
              throw unforeseen;
            },
            alarm::set);

    sealing.submit(FIRST);

    assertSame(unforeseen, sealing.finish());
    assertSame(unforeseen, alarm.get());
  }

  @Test
  void sealing_standsBackUnlessOthersWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch allSubmitted = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(3);
    List<String> niceness = new ArrayList<>();
    Sealing sealing =
        new Sealing(
            file -> {
              begun.countDown();
              await(allSubmitted);
              niceness.add(niceness());
              done.countDown();
            },
            failure -> done.countDown());

    sealing.submit(FIRST);
    begun.await();
    sealing.submit(Path.of("2"));
    sealing.submit(Path.of("3"));
    allSubmitted.countDown();
    done.await();

    assertNull(sealing.finish());
    String usual = niceness();
    assertEquals(List.of("19", usual, "19"), niceness);
  }

  /** What proc(5) says of the calling thread in the 19th field. */
  private static String niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19 - 3];
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
