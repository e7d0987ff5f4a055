// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

import java.util.List;

/** Paths within a repository, separated by slashes; directories end in one, the top is empty. */
final class RevisionPath {
  private static final String RULES = "rules";

  private RevisionPath() {}

  /**
   * The directory that lists and views of a path lie in: the parent of the last directory called
   * rules, or the path itself.
   */
  static String root(String path) {
    List<String> parts = List.of(path.split("/"));
    int rules = parts.lastIndexOf(RULES);
    if (rules >= 0) {
      return rules == 0 ? "" : String.join("/", parts.subList(0, rules)) + "/";
    }
    return path.endsWith("/") || path.isEmpty()
        ? path
        : path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** The same path as it is called from the root. */
  static String below(String root, String path) {
    return path.startsWith(root) ? path.substring(root.length()) : path;
  }
}
