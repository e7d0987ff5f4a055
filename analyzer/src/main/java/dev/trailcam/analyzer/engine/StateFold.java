// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts what is in the log of a hunt's books into the file. The engine would do so in place, and a
 * kill on the way has cost the file; here a new file is written beside it. From the moment it has
 * its name it counts, and the old file and its log do not: whoever comes next puts it in their
 * place. So a kill leaves either the old pair or the new file, at every point.
 */
final class StateFold {
  /** What has been done. */
  enum Stage {
    WRITTEN,
    NAMED,
    LOG_REMOVED,
    REPLACED
  }

  private final Path file;
  private final Path next;
  private final Path log;

  /**
   * The fold of a file.
   *
   * @param file its real path
   */
  StateFold(Path file) {
    this.file = file;
    this.next = file.resolveSibling("." + file.getFileName() + ".folded");
    this.log = file.resolveSibling(file.getFileName() + ".wal");
  }

  /** What is left of books whose file is gone; empty if nothing is. */
  Optional<Path> remains() {
    return Stream.of(next, log)
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** Bytes of the log. */
  long logged() throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /**
   * Folds; whoever calls it has the lock, and does nothing with the books afterwards.
   *
   * @param session in which the books are the database {@code state}
   * @param stages is told each stage when it is done
   */
  void run(Session session, Consumer<Stage> stages) throws SQLException, IOException {
    Path directory = Files.createTempDirectory(file.getParent(), ".trailcam-state-");
    try {
      Path begun = directory.resolve("state");
      session.execute("ATTACH " + literal(begun) + " AS folded (TYPE duckdb)");
      Files.setPosixFilePermissions(begun, PosixFilePermissions.fromString("rw-------"));
      session.execute("COPY FROM DATABASE state TO folded");
      session.execute("CHECKPOINT folded");
      session.execute("DETACH folded");
      sync(begun, StandardOpenOption.WRITE);
      stages.accept(Stage.WRITTEN);
      Files.move(begun, next, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory();
      stages.accept(Stage.NAMED);
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path one : files.toList()) {
          Files.deleteIfExists(one);
        }
      }
      Files.deleteIfExists(directory);
    }
    replace(stages);
  }

  private void replace(Consumer<Stage> stages) throws IOException {
    Files.deleteIfExists(log);
    // The file that comes must never meet the log of the one that goes.
    syncDirectory();
    stages.accept(Stage.LOG_REMOVED);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory();
    stages.accept(Stage.REPLACED);
  }

  /**
   * Ends a fold that was killed after its file had a name.
   *
   * @return false if somebody else is at work
   */
  boolean finish() throws IOException {
    if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    Object before = key();
    // The engine's lock is of the same kind; it is not open here yet, so nothing of it is lost.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || !before.equals(key())) {
        return false;
      }
      if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        replace(stage -> {});
      }
      return true;
    }
  }

  private Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private void syncDirectory() throws IOException {
    sync(file.getParent(), StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
