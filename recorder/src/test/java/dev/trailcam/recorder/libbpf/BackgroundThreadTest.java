// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackgroundThreadTest {
  private static final int IOPRIO_WHO_PROCESS = 1;
  private static final long IOPRIO_GET =
      System.getProperty("os.arch").equals("amd64") ? 252 : 31; // one above ioprio_set

  /** What proc(5) says of the calling thread: nice is the 19th field, policy the 41st. */
  private record Standing(String nice, String policy, long disk) {
    static Standing ofCallingThread() {
      try {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        // The name in brackets, the second field, may contain blanks.
        List<String> fields =
            List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
        long disk = Native.libc().syscall(IOPRIO_GET, IOPRIO_WHO_PROCESS, 0);
        return new Standing(fields.get(19 - 3), fields.get(41 - 3), disk);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void thread_standsBackAloneAndItsChildrenToo() throws InterruptedException {
    Standing before = Standing.ofCallingThread();
    Standing[] seen = new Standing[2];
    Thread thread =
        new Thread(
            () -> {
              BackgroundThread.enter();
              seen[0] = Standing.ofCallingThread();
              Thread child = new Thread(() -> seen[1] = Standing.ofCallingThread());
              child.start();
              join(child);
            });
    thread.start();
    thread.join();

    Standing background = new Standing("19", "3", 2 << 13 | 7);
    assertEquals(background, seen[0]);
    assertEquals(background, seen[1], "inherited");
    assertNotEquals(background, before);
    assertEquals(before, Standing.ofCallingThread(), "other threads stay as they are");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
