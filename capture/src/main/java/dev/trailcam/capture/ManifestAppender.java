// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Appends lines to {@code manifest.jsonl}, each chained to the one before and on the disk before
 * the call returns. One appender at a time, which a lock on the file takes care of; not
 * thread-safe. Reading the manifest in the process that appends to it would release that lock.
 */
public final class ManifestAppender implements Closeable {
  private static final long MAX_BROKEN_BYTES = 16 << 20;
  private static final String BUSY = "is still being recorded";

  private final ChainAppender<ManifestEntry> chain;

  private ManifestAppender(ChainAppender<ManifestEntry> chain) {
    this.chain = chain;
  }

  /**
   * Creates the manifest of a new capture, mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: nothing is ever overwritten
   */
  public static ManifestAppender create(Path directory, ManifestEntry.Start start)
      throws IOException {
    ManifestAppender appender =
        new ManifestAppender(
            ChainAppender.create(
                ManifestEntry.class, directory.resolve(CaptureLayout.MANIFEST), BUSY));
    try {
      appender.append(start);
      return appender;
    } catch (IOException e) {
      appender.close();
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
    ChainAppender<ManifestEntry> chain =
        ChainAppender.open(
            ManifestEntry.class,
            directory.resolve(CaptureLayout.MANIFEST),
            BUSY,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    try {
      requireOneBrokenLine(chain.channel(), manifest);
      chain.continueAt(manifest.goodBytes(), manifest.headHash());
      return new ManifestAppender(chain);
    } catch (IOException e) {
      chain.close();
      throw e;
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
    chain.append(entry);
  }

  @Override
  public void close() throws IOException {
    chain.close();
  }
}
