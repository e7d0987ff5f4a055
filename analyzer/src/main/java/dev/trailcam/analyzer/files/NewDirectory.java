// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A directory that appears whole or not at all: it grows beside its place under another name, and
 * is removed if it is closed, or the process ends, before it is finished.
 */
public final class NewDirectory implements AutoCloseable {
  private final Path target;
  private final Path path;
  private final Thread atTheEnd = new Thread(this::removeQuietly);

  /**
   * Begins it.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public NewDirectory(Path target) throws IOException {
    this.target = target;
    requireAbsent();
    path = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".trailcam-");
    try {
      Runtime.getRuntime().addShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      removeQuietly();
      Shutdown.requireGoingOn();
    }
  }

  private void requireAbsent() throws FileAlreadyExistsException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  /** Where it grows. */
  public Path path() {
    return path;
  }

  /**
   * Gives it its name; it must not be written to after that.
   *
   * @throws FileAlreadyExistsException if something of that name came up meanwhile
   */
  public void finish() throws IOException {
    Shutdown.requireGoingOn();
    requireAbsent();
    Files.move(path, target);
  }

  /** Removes what has not been finished. */
  @Override
  public void close() throws IOException {
    Removal.of(path);
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The hook is at work; what it removes is removed.
    }
  }

  private void removeQuietly() {
    try {
      Removal.of(path);
    } catch (IOException | UncheckedIOException e) {
      // A leftover with a telling name; the result does not depend on it.
    }
  }
}
