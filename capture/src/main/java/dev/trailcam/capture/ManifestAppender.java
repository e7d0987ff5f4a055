// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends lines to {@code manifest.jsonl}, each chained to the one before and on the disk before
 * the call returns. One appender at a time, which a lock on the file takes care of; not
 * thread-safe. Reading the manifest in the process that appends to it would release that lock.
 */
public final class ManifestAppender implements Closeable {
  private static final long MAX_BROKEN_BYTES = 16 << 20;

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
    try {
      lock(directory, channel);
      ManifestAppender appender = new ManifestAppender(channel, null);
      appender.append(start);
      return appender;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Continues the manifest of a recorder that died. A last line that is cut off never was
   * acknowledged, so it is removed.
   *
   * @param manifest what was read from that file just before
   * @throws IllegalArgumentException if the manifest has an end
   * @throws IOException if another appender is at work, the manifest is damaged before its last
   *     line, or it is a link
   */
  public static ManifestAppender resume(Path directory, Manifest manifest) throws IOException {
    if (manifest.end().isPresent()) {
      throw new IllegalArgumentException("the recording has ended");
    }
    FileChannel channel =
        FileChannel.open(
            directory.resolve(CaptureLayout.MANIFEST),
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    try {
      lock(directory, channel);
      requireOneBrokenLine(channel, manifest);
      channel.truncate(manifest.goodBytes());
      channel.position(manifest.goodBytes());
      return new ManifestAppender(channel, manifest.headHash());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The system takes the lock back when this process dies, however that happens. */
  private static void lock(Path directory, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new FileSystemException(directory.toString(), null, "is still being recorded");
    }
  }

  /** What is cut off may be removed. A whole line that is bad is evidence of something else. */
  private static void requireOneBrokenLine(FileChannel channel, Manifest manifest)
      throws IOException {
    long bytes = channel.size() - manifest.goodBytes();
    if (bytes < 0 || bytes > MAX_BROKEN_BYTES) {
      throw new IOException("the manifest has changed, or is damaged before its last line");
    }
    ByteBuffer tail = ByteBuffer.allocate((int) bytes);
    while (tail.hasRemaining() && channel.read(tail, manifest.goodBytes() + tail.position()) >= 0) {
      // Reads on.
    }
    for (byte b : tail.array()) {
      if (b == '\n') {
        throw new IOException("the manifest has changed, or is damaged before its last line");
      }
    }
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
