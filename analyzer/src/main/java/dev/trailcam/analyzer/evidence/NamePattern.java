// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A name, or a glob as {@link java.nio.file.FileSystem#getPathMatcher} has them: {@code *} stays
 * within what slashes enclose, {@code **} does not, {@code ?}, {@code [ab]}, <code>{a,b}</code>.
 * Case matters.
 *
 * @param text the name or glob
 */
public record NamePattern(String text) {

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if it is empty or no glob; the message says why
   */
  public NamePattern {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    try {
      matcher(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no glob: " + e.getDescription(), e);
    }
  }

  private static PathMatcher matcher(String text) {
    return FileSystems.getDefault().getPathMatcher("glob:" + text);
  }

  /** Whether a name is this very text or fits the glob. */
  boolean matches(String name) {
    if (text.equals(name)) {
      return true;
    }
    try {
      return matcher(text).matches(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether any of them fits, or there are none. */
  static boolean anyMatches(List<NamePattern> patterns, String name) {
    return patterns.isEmpty()
        || (name != null && patterns.stream().anyMatch(pattern -> pattern.matches(name)));
  }

  @Override
  public String toString() {
    return text;
  }
}
