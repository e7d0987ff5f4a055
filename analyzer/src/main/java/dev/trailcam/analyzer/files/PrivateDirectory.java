// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * A temporary directory of mode 0700 in which files have names we made up, so that no name from
 * outside is ever part of a statement or taken for a glob.
 */
public final class PrivateDirectory implements AutoCloseable {
  private final Path path;
  private final DirectoryLock lock;
  private boolean closed;

  /**
   * A new directory; those that killed runs of this user have left are removed.
   *
   * @throws IOException if that fails, or its path would be taken for a glob
   */
  public PrivateDirectory() throws IOException {
    // Mode 0700 is what the JDK promises on POSIX systems.
    path = Files.createTempDirectory(StaleDirectories.PREFIX).toRealPath();
    lock = DirectoryLock.take(path);
    if (path.toString().matches(".*[*?\\[\\]{}].*")) {
      close();
      throw new IOException(
          "the temporary directory "
              + path
              + " has a glob character in its path; set"
              + " -Djava.io.tmpdir to another one");
    }
    StaleDirectories.removeBeside(path);
  }

  /** Its real path. */
  public Path path() {
    return path;
  }

  /** A link of the given name to a file anywhere. */
  public synchronized Path link(String name, Path target) throws IOException {
    requireOpen();
    return Files.createSymbolicLink(path.resolve(name), target.toAbsolutePath());
  }

  /** A file of the given name and content. */
  public synchronized Path write(String name, String content) throws IOException {
    requireOpen();
    return Files.writeString(path.resolve(name), content);
  }

  private void requireOpen() {
    if (closed) {
      throw new CancellationException("interrupted");
    }
  }

  /** Removes the directory; links in it are removed, not followed. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      Removal.of(path);
    } finally {
      lock.close();
    }
  }
}
