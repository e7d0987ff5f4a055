// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the directory that a rule belongs to: one that holds {@code rules/} and beside it lists,
 * words or views. It may be named itself, or anything below its {@code rules/}.
 */
final class RuleRoot {
  static final String RULES = "rules";

  private RuleRoot() {}

  /** The root of what was named, if it has one; as it was named if it is the root itself. */
  static Optional<Path> of(Path named) {
    Path absolute = named.toAbsolutePath().normalize();
    if (isRoot(absolute)) {
      return Optional.of(named);
    }
    for (Path path = absolute; path != null; path = path.getParent()) {
      Path parent = path.getParent();
      if (parent != null && path.endsWith(RULES) && isRoot(parent)) {
        return Optional.of(shown(parent));
      }
    }
    return Optional.empty();
  }

  private static boolean isRoot(Path directory) {
    try {
      DirectorySource source = new DirectorySource(directory);
      return !source.list(RULES, ".sql").isEmpty() && SurfaceReader.bringsAny(source);
    } catch (IOException e) {
      return false;
    }
  }

  /** Below the working directory as a user would name it. */
  private static Path shown(Path directory) {
    Path here = Path.of("").toAbsolutePath();
    return directory.startsWith(here) ? here.relativize(directory) : directory;
  }
}
