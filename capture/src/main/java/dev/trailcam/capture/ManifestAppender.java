// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends lines to {@code manifest.jsonl}, each chained to the one before and on the disk before
 * the call returns. One appender at a time; not thread-safe.
 */
public final class ManifestAppender implements Closeable {
  private final FileChannel channel;
  private String headHash;

  private ManifestAppender(FileChannel channel, String headHash) {
    this.channel = channel;
    this.headHash = headHash;
  }

  /**
   * Creates the manifest of a new capture, mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: nothing is ever overwritten
   */
  public static ManifestAppender create(Path directory, ManifestEntry.Start start)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(CaptureLayout.MANIFEST),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    ManifestAppender appender = new ManifestAppender(channel, null);
    appender.append(start);
    return appender;
  }

  /**
   * Continues the manifest of a recorder that died. A last line that is cut off never was
   * acknowledged, so it is removed.
   *
   * @param manifest what was read from that file just before
   * @throws IllegalArgumentException if the manifest has an end, or is damaged before its last line
   */
  public static ManifestAppender resume(Path directory, Manifest manifest) throws IOException {
    if (manifest.end().isPresent()) {
      throw new IllegalArgumentException("the recording has ended");
    }
    FileChannel channel =
        FileChannel.open(
            directory.resolve(CaptureLayout.MANIFEST), Set.of(StandardOpenOption.WRITE));
    channel.truncate(manifest.goodBytes());
    channel.position(manifest.goodBytes());
    return new ManifestAppender(channel, manifest.headHash());
  }

  /** Appends the entry, chained to the last line, and forces it to the disk. */
  public void append(ManifestEntry entry) throws IOException {
    byte[] line = ManifestJson.write(entry.withPrev(headHash));
    ByteBuffer buffer = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(true);
    headHash = Sha256.of(line);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
