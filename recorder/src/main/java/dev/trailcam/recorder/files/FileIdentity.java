// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.trailcam.recorder.libbpf.FileHandle;
import dev.trailcam.recorder.libbpf.FileStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether an open file is the one that was executed. stat shows the superblock's device and
 * the inode's number on most file systems; btrfs shows a device for each subvolume, overlayfs that
 * of a layer. There the kernel's own two numbers are in {@code /proc}: the inode's in {@code
 * fdinfo} (since Linux 5.14), the superblock's in {@code mountinfo} (proc(5)).
 */
final class FileIdentity {
  private static final Path FDINFO = Path.of("/proc/self/fdinfo");
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int MINOR_BITS = 20;

  /** fs/namespace.c allows 100,000 mounts; more text than that many is no use. */
  private static final int MAX_MOUNTS = 100_000;

  private static final int DECIMAL = 10;

  private FileIdentity() {}

  /**
   * Fails unless the file is the one with this key, and unchanged.
   *
   * @throws FactsMissingException ANOTHER_FILE, CHANGED
   */
  static FileStatus require(FileKey key, FileHandle file) throws IOException {
    FileStatus status = file.status();
    boolean same = status.dev() == key.dev() && status.inode() == key.inode();
    if (!same && !sameByProc(key, file)) {
      throw new FactsMissingException(MissingFacts.ANOTHER_FILE, "another inode");
    }
    if (status.size() != key.size() || status.ctimeNs() != key.ctimeNs()) {
      throw new FactsMissingException(MissingFacts.CHANGED, "another size or change time");
    }
    return status;
  }

  private static boolean sameByProc(FileKey key, FileHandle file) throws IOException {
    long inode = -1;
    long mount = -1;
    Path fdinfo = FDINFO.resolve(Integer.toString(file.number()));
    for (String line : Files.readAllLines(fdinfo, ISO_8859_1)) {
      if (line.startsWith("ino:")) {
        inode = number(line.substring("ino:".length()).strip());
      } else if (line.startsWith("mnt_id:")) {
        mount = number(line.substring("mnt_id:".length()).strip());
      }
    }
    return inode == key.inode() && mount >= 0 && superblock(mount) == key.dev();
  }

  /** The device of a mount's superblock; -1 when the mount is in no list this process sees. */
  private static long superblock(long mount) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(MOUNTINFO, ISO_8859_1)) {
      for (int i = 0; i < MAX_MOUNTS; i++) {
        String line = lines.readLine();
        if (line == null) {
          return -1;
        }
        String[] fields = line.split(" ", 4); // id, parent, major:minor
        if (fields.length == 4 && number(fields[0]) == mount) {
          int colon = fields[2].indexOf(':');
          return number(fields[2].substring(0, colon)) << MINOR_BITS
              | number(fields[2].substring(colon + 1));
        }
      }
      return -1;
    }
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseUnsignedLong(text, DECIMAL);
    } catch (NumberFormatException e) {
      throw new IOException("/proc says " + text + " where a number belongs", e);
    }
  }
}
