// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Files for tests, and what the kernel would say of them at an execution. */
final class TestFiles {
  static final long EXT4 = 0xEF53;
  static final long OVERLAYFS = 0x794C7630;

  private TestFiles() {}

  static FileRequest request(Path file) throws IOException {
    return request(file, key(file));
  }

  static FileRequest request(Path file, FileKey key) {
    return new FileRequest(key, file.toString().getBytes(UTF_8), EXT4, true);
  }

  /** By stat, where that shows the superblock's device. */
  static FileKey key(Path file) throws IOException {
    Map<String, Object> all = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    long dev = (Long) all.get("dev"); // as the C library encodes it: sysmacros.h
    long major = (dev >>> 8 & 0xfff) | (dev >>> 32 & ~0xfffL);
    long minor = (dev & 0xff) | (dev >>> 12 & ~0xffL);
    return new FileKey(
        major << 20 | (minor & 0xfffff),
        (Long) all.get("ino"),
        (Long) all.get("size"),
        ((FileTime) all.get("ctime")).to(TimeUnit.NANOSECONDS));
  }

  static Path elf(Path file) throws IOException {
    return Files.write(file, ElfImage.of(true, ByteOrder.LITTLE_ENDIAN).bytes());
  }

  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertEquals(0, process.waitFor(), output);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }

  static void assumeRoot() throws IOException {
    assumeTrue(run("id", "-u").strip().equals("0"), "needs root");
  }
}
