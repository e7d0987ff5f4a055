// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends lines to a file, each chained to the one before and on the disk before the call returns.
 * One appender at a time, which a lock on the file takes care of; not thread-safe.
 */
final class ChainAppender<E extends ChainEntry<? extends E>> implements Closeable {
  private final Class<E> type;
  private final FileChannel channel;
  private String headHash;

  private ChainAppender(Class<E> type, FileChannel channel) {
    this.type = type;
    this.channel = channel;
  }

  /**
   * Creates the file, mode 0600.
   *
   * @param busy what to say of the directory when somebody else is appending
   * @throws java.nio.file.FileAlreadyExistsException if there is one: nothing is ever overwritten
   */
  static <E extends ChainEntry<? extends E>> ChainAppender<E> create(
      Class<E> type, Path file, String busy) throws IOException {
    return locked(
        type,
        file,
        busy,
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Opens a file that is there; {@link #continueAt} says where it goes on. */
  static <E extends ChainEntry<? extends E>> ChainAppender<E> open(
      Class<E> type, Path file, String busy, Set<OpenOption> options) throws IOException {
    return locked(type, file, busy, FileChannel.open(file, options));
  }

  /** The system takes the lock back when this process dies, however that happens. */
  private static <E extends ChainEntry<? extends E>> ChainAppender<E> locked(
      Class<E> type, Path file, String busy, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new FileSystemException(file.getParent().toString(), null, busy);
    }
    return new ChainAppender<>(type, channel);
  }

  /** What is in the file now. */
  FileChannel channel() {
    return channel;
  }

  /** Cuts the file off and goes on behind a line with this hash. */
  void continueAt(long bytes, String hash) throws IOException {
    channel.truncate(bytes);
    channel.position(bytes);
    headHash = hash;
  }

  /** Appends the entry, chained to the last line, and forces it to the disk. */
  void append(E entry) throws IOException {
    append(entry, true);
  }

  /**
   * Appends the entry, chained to the last line.
   *
   * @param force whether it has to be on the disk before the call returns
   */
  void append(E entry, boolean force) throws IOException {
    byte[] line = ChainJson.write(type, entry.withPrev(headHash));
    ByteBuffer buffer = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    if (force) {
      channel.force(true);
    }
    headHash = Sha256.of(line);
  }

  /** SHA-256 of the last line. */
  String headHash() {
    return headHash;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
