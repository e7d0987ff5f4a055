// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of rules on a disk. Links in it are not followed. */
record DirectorySource(Path root) implements RuleSource {

  @Override
  public List<String> list(String prefix, String suffix) throws IOException {
    Path start = root.resolve(prefix);
    if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> root.relativize(file).toString())
          .filter(path -> path.endsWith(suffix))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Optional<byte[]> find(String path) throws IOException {
    Path file = root.resolve(path);
    return Files.exists(file) ? Optional.of(RuleText.limited(file)) : Optional.empty();
  }

  @Override
  public String shown(String path) {
    return root.resolve(path).toString();
  }
}
