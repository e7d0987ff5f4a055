// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

/**
 * Identity of a file's content as the kernel saw it at an execution. A file that changes gets
 * another change time, as fine as the clock of its file system: a tick of 1 to 10 ms, and since
 * Linux 6.13 on most as fine as needed to tell what was asked for.
 *
 * @param dev of the superblock, as the kernel encodes it: major &lt;&lt; 20 | minor
 * @param inode the inode's own number
 * @param size bytes
 * @param ctimeNs last change of content or metadata, nanoseconds since 1970
 */
public record FileKey(long dev, long inode, long size, long ctimeNs) {}
