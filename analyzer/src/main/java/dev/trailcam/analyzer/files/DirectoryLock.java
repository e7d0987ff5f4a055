// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that somebody uses a directory: a locked file in it. The system takes the lock away when the
 * process ends, however it ends, and other containers see it too; a process id would say nothing to
 * them.
 */
final class DirectoryLock implements AutoCloseable {
  static final String NAME = "lock";

  /** Closing any channel to a file gives up this process's lock on it, so ours are left alone. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Locks a new directory. Where files cannot be locked, nobody will take it for abandoned. */
  static DirectoryLock take(Path directory) throws IOException {
    OURS.add(directory);
    Path unfinished = directory.resolve(NAME + ".new");
    FileChannel channel =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (locked(channel)) {
      // Under its name it has been locked from the first moment on.
      Files.move(unfinished, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
    return new DirectoryLock(directory, channel);
  }

  /** Takes over a directory whose owner is gone; empty where it is used, or nobody can say. */
  static Optional<DirectoryLock> takeOver(Path directory) {
    if (!OURS.add(directory)) {
      return Optional.empty();
    }
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(NAME), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      DirectoryLock lock = new DirectoryLock(directory, channel);
      if (locked(channel)) {
        return Optional.of(lock);
      }
      lock.close();
    } catch (IOException e) {
      OURS.remove(directory);
    }
    return Optional.empty();
  }

  private static boolean locked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return false; // not every file system can
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OURS.remove(directory);
  }
}
