// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;
import java.util.Optional;

/** The rules packed with this program, and what they are written against. */
record PackedSource() implements RuleSource {

  @Override
  public List<String> list(String prefix, String suffix) {
    return PackedQueries.list(prefix, suffix);
  }

  @Override
  public Optional<byte[]> find(String path) {
    return PackedQueries.find(path);
  }

  @Override
  public String shown(String path) {
    return path;
  }
}
