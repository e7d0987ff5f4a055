// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A directory of rules wherever it is kept: on a disk, in a revision of a repository, or packed
 * with this program. Beside {@code rules/} it may have {@code lists/}, {@code prelude/} and {@code
 * views/}, as {@code queries/} has. Paths are relative to it and separated by slashes.
 */
public interface RuleSource {
  /** Larger files are none of ours. */
  int MAX_BYTES = 1 << 20;

  /**
   * Paths of the regular files at any depth with this prefix and suffix, sorted.
   *
   * @throws IOException if it cannot be listed; says why
   */
  List<String> list(String prefix, String suffix) throws IOException;

  /**
   * The content of a file, empty if there is none.
   *
   * @throws IOException if it cannot be read or is larger than {@link #MAX_BYTES}; says why
   */
  Optional<byte[]> find(String path) throws IOException;

  /** What a file is called in messages. */
  String shown(String path);
}
