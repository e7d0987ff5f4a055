// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A directory that is held open, so that what is written into it goes there even when somebody
 * else, who may write to its parent, renames it and puts something of the same name in its place.
 */
public final class DirectoryHandle {
  // include/uapi/asm-generic/fcntl.h; the same numbers on x86 and arm64 but for these two
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

  private DirectoryHandle() {}

  /**
   * Opens a directory; a link in its place is not followed.
   *
   * @return a descriptor that stays open when another program is executed
   * @throws IOException if it is none, or cannot be opened
   */
  public static int open(Path directory) throws IOException {
    byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
    int fd = Native.libc().open(Native.cString(path), O_DIRECTORY | O_NOFOLLOW);
    if (fd < 0) {
      throw new FileSystemException(
          directory.toString(), null, Native.libc().strerror(Native.errno()));
    }
    return fd;
  }

  /** A path that leads to what the descriptor holds, whatever its name is by now. */
  public static Path path(int descriptor) {
    return Path.of("/proc/self/fd/" + descriptor);
  }
}
