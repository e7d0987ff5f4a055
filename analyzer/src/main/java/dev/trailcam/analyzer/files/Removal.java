// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Removes a directory of ours with all that is in it; links are removed, not followed. */
final class Removal extends SimpleFileVisitor<Path> {
  private static final int ATTEMPTS = 20;

  private Removal() {}

  /** Does nothing where there is no such directory. */
  static void of(Path directory) throws IOException {
    for (int i = 1; Files.exists(directory); i++) {
      try {
        Files.walkFileTree(directory, new Removal());
      } catch (DirectoryNotEmptyException e) {
        // An engine that is being stopped may write another file at the same time.
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    // Whoever sees the lock sees that there is something left to remove.
    if (!file.endsWith(DirectoryLock.NAME)) {
      Files.deleteIfExists(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    // The engine removes its own spill files at the same time.
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
    Files.deleteIfExists(directory.resolve(DirectoryLock.NAME));
    Files.deleteIfExists(directory);
    return FileVisitResult.CONTINUE;
  }
}
