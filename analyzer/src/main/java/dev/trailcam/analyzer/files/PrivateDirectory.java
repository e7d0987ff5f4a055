// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A temporary directory of mode 0700 in which files have names we made up, so that no name from
 * outside is ever part of a statement or taken for a glob.
 */
public final class PrivateDirectory implements AutoCloseable {
  private final Path path;

  /**
   * Creates it.
   *
   * @throws IOException if that fails, or its path would be taken for a glob
   */
  public PrivateDirectory() throws IOException {
    // Mode 0700 is what the JDK promises on POSIX systems.
    path = Files.createTempDirectory("trailcam-").toRealPath();
    if (path.toString().matches(".*[*?\\[\\]{}].*")) {
      close();
      throw new IOException(
          "the temporary directory "
              + path
              + " has a glob character in its path; set"
              + " -Djava.io.tmpdir to another one");
    }
  }

  /** Its real path. */
  public Path path() {
    return path;
  }

  /** A link of the given name to a file anywhere. */
  public Path link(String name, Path target) throws IOException {
    return Files.createSymbolicLink(path.resolve(name), target.toAbsolutePath());
  }

  /** A file of the given name and content. */
  public Path write(String name, String content) throws IOException {
    return Files.writeString(path.resolve(name), content);
  }

  /** Removes the directory; links in it are removed, not followed. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // The engine removes its own spill files at the same time.
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
