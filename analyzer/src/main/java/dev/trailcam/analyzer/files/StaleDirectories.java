// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Private directories of runs that were killed. They are removed only where that is beyond doubt:
 * of the same user and of mode 0700, so that nobody else had a hand in them; in a place where
 * nobody else can put another directory under their name; and with a lock that nobody holds.
 */
final class StaleDirectories {
  static final String PREFIX = "trailcam-";

  private static final int MODE = 07777;
  private static final int PRIVATE = 0700;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 022;

  private StaleDirectories() {}

  /** Removes those that lie beside our own. Never fails: what cannot be removed stays. */
  static void removeBeside(Path own) {
    Path place = own.getParent();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(place, PREFIX + "*")) {
      int mode = (int) attributes(place).get("mode");
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        return;
      }
      Object user = attributes(own).get("uid");
      for (Path directory : found) {
        if (!directory.equals(own) && isPrivate(directory, user)) {
          remove(directory);
        }
      }
    } catch (IOException
        | DirectoryIteratorException
        | UnsupportedOperationException
        | IllegalArgumentException e) {
      // It is only about tidiness.
    }
  }

  private static boolean isPrivate(Path directory, Object user) {
    try {
      Map<String, Object> attributes = attributes(directory);
      return Boolean.TRUE.equals(attributes.get("isDirectory"))
          && user.equals(attributes.get("uid"))
          && ((int) attributes.get("mode") & MODE) == PRIVATE;
    } catch (IOException e) {
      return false; // its owner has removed it meanwhile
    }
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:uid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS);
  }

  private static void remove(Path directory) throws IOException {
    Optional<DirectoryLock> lock = DirectoryLock.takeOver(directory);
    if (lock.isPresent()) {
      try {
        Removal.of(directory);
      } finally {
        lock.get().close();
      }
    }
  }
}
