// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CompactionLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory under a temporary name, in which a compaction grows until it is whole. It gets its
 * name as the last step, so a name without the suffix means that everything is there.
 */
final class Workplace {
  private final Path path;
  private final Path target;

  private Workplace(Path path, Path target) {
    this.path = path;
    this.target = target;
  }

  /**
   * Begins anew; what an earlier run left that did not get to its end is removed.
   *
   * @throws IOException if the target is there, or another compaction is at work on it
   */
  static Workplace create(Path output, String name) throws IOException {
    Path target = output.resolve(name);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path path = output.resolve(name + CaptureLayout.TEMPORARY_SUFFIX);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeLeftOver(path);
    }
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new Workplace(path, target);
  }

  private static void removeLeftOver(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path + " is in the way");
    }
    Path journal = path.resolve(CompactionLayout.JOURNAL);
    if (Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
      try (FileChannel channel =
          FileChannel.open(journal, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
        if (locked(channel)) {
          throw new IOException(path + ": another compaction is at work on it");
        }
        deleteOurs(path);
      }
    } else {
      deleteOurs(path);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** Whatever else lies there is somebody's, and the directory stays for it. */
  private static void deleteOurs(Path path) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.equals(CompactionLayout.JOURNAL) || isFile(name)) {
          Files.delete(file);
        }
      }
    }
    Files.delete(path);
  }

  private static boolean isFile(String name) {
    String suffix = CaptureLayout.TEMPORARY_SUFFIX;
    return CaptureLayout.isSegmentName(
        name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name);
  }

  Path path() {
    return path;
  }

  /** An empty file of mode 0600 for what {@link #keep} will give its name. */
  Path temporary(String name) throws IOException {
    return Files.createFile(
        path.resolve(name + CaptureLayout.TEMPORARY_SUFFIX),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Makes a file durable, and then its name. */
  Path keep(Path temporary, String name) throws IOException {
    force(temporary);
    Path file = path.resolve(name);
    Files.move(temporary, file);
    force(path);
    return file;
  }

  /** Gives the directory its name; nothing may be written in it after that. */
  Path finish() throws IOException {
    force(path);
    Files.move(path, target);
    force(target.toAbsolutePath().getParent());
    return target;
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
