// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/**
 * What statx(2) says of a file.
 *
 * @param mode type and permissions, as in {@code st_mode}
 * @param dev what stat shows as the device, encoded as the kernel does: major &lt;&lt; 20 | minor.
 *     Not always that of the superblock: btrfs and overlayfs show another one
 * @param inode what stat shows as the inode number
 * @param size bytes
 * @param ctimeNs last change of content or metadata, nanoseconds since 1970, wrapping like the
 *     kernel program's
 */
public record FileStatus(int mode, long dev, long inode, long size, long ctimeNs) {
  // include/uapi/linux/stat.h
  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;

  public boolean isRegular() {
    return (mode & S_IFMT) == S_IFREG;
  }
}
