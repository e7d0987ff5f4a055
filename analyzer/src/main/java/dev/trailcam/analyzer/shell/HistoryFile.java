// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the shell keeps what was typed: {@code $XDG_STATE_HOME/trailcam/sql_history}, or the same
 * below {@code ~/.local/state}. Readable by its owner alone, as queries tell what is being looked
 * for.
 *
 * @param path the file; empty where there is no home
 */
public record HistoryFile(Optional<Path> path) {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** The file that an environment tells of. */
  public static HistoryFile of(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (state.startsWith("/")) {
      return new HistoryFile(Optional.of(file(Path.of(state))));
    }
    return new HistoryFile(
        home.startsWith("/")
            ? Optional.of(file(Path.of(home, ".local", "state")))
            : Optional.empty());
  }

  private static Path file(Path state) {
    return state.resolve("trailcam").resolve("sql_history");
  }

  /**
   * Makes the file, or sees to it that nobody else may read it.
   *
   * @return empty where there is none to be had
   * @throws IOException if what is there is no file of ours
   */
  Optional<Path> prepared() throws IOException {
    if (path.isEmpty()) {
      return path;
    }
    Path file = path.get();
    Files.createDirectories(file.getParent(), OWNERS_DIRECTORY);
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(file + " is no plain file; remove it to keep a history", e);
      }
      Files.setPosixFilePermissions(file, OWNER);
    }
    return path;
  }
}
