// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.KernelSupport.Check;
import dev.trailcam.recorder.libbpf.SystemClocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a recording needs besides the kernel: room for it, and a clock that can be believed. */
public final class Surroundings {
  /** A busy machine fills this in a day. */
  private static final long ENOUGH_BYTES = 1L << 30;

  private Surroundings() {}

  /**
   * Every check.
   *
   * @param store where captures would go
   */
  public static List<Check> checks(Path store) {
    return List.of(disk(store), clock(SystemClocks.synchronised()));
  }

  static Check disk(Path store) {
    Path existing = store.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return disk(store, Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      return Check.warning(
          "disk", "free space at " + existing + " is not known: " + e.getMessage(), "look there");
    }
  }

  static Check disk(Path store, long freeBytes) {
    String free =
        String.format(Locale.ROOT, "%,d MiB free for %s", freeBytes >> 20, store.toAbsolutePath());
    return freeBytes >= ENOUGH_BYTES
        ? Check.passed("disk", free)
        : Check.warning("disk", free, "make room, name another store, or use --keep-bytes");
  }

  static Check clock(boolean synchronised) {
    return synchronised
        ? Check.passed("clock", "is kept synchronised")
        : Check.warning(
            "clock",
            "nothing keeps it synchronised: times of different machines cannot be compared",
            "run chrony or systemd-timesyncd");
  }
}
