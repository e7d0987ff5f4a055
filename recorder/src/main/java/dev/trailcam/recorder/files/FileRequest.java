// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

/**
 * A file that was executed.
 *
 * @param path as seen in the program's mount namespace, not copied; null when not known, and not
 *     absolute when only its end is known
 * @param fsMagic {@code s_magic} of its superblock; 0 when not known
 * @param hasName false for what no path leads to: a memfd, a deleted file
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; bytes as they came
public record FileRequest(FileKey key, byte[] path, long fsMagic, boolean hasName) {}
