// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of an archive's entry, without {@code .} and superfluous slashes. It is only ever
 * compared and shown: no file gets a name from it.
 *
 * @param parent path of the directory, empty for the root
 * @param name within it
 */
record EntryName(String parent, String name) {
  private static final Pattern SLASH = Pattern.compile("/");
  private static final int MAX_CHARS = 4096;
  private static final int SHOWN_CHARS = 200;

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if nobody packs such a thing who means well; the message ends
   *     a sentence that begins with the path
   */
  static EntryName of(String path) {
    if (path.length() > MAX_CHARS) {
      throw new IllegalArgumentException("is a name of " + path.length() + " characters");
    }
    if (path.startsWith("/")) {
      throw new IllegalArgumentException("is an absolute path");
    }
    if (path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("holds U+0000");
    }
    List<String> parts = new ArrayList<>();
    for (String part : SLASH.splitAsStream(path).toList()) {
      if (part.equals("..")) {
        throw new IllegalArgumentException("leads out of the archive");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    int last = Math.max(0, parts.size() - 1);
    return new EntryName(
        String.join("/", parts.subList(0, last)),
        String.join("/", parts.subList(last, parts.size())));
  }

  /** A path to be shown although it is none. */
  static String shortened(String path) {
    return path.length() <= SHOWN_CHARS ? path : path.substring(0, SHOWN_CHARS) + "…";
  }

  String path() {
    return within(parent, name);
  }

  /** Path of what has this name in a directory. */
  static String within(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
