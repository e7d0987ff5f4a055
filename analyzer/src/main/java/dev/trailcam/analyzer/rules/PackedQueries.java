// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The queries module as it is packed beside this program: prelude, views, lists and rules. */
public final class PackedQueries {
  private static final String ROOT = "/trailcam/queries/";

  private PackedQueries() {}

  /**
   * Paths of the packed files with this prefix and suffix, sorted.
   *
   * @throws IllegalStateException if the queries are not packed with this program
   */
  public static List<String> list(String prefix, String suffix) {
    return new String(bytes("index.txt"), UTF_8)
        .lines()
        .map(String::strip)
        .filter(path -> path.startsWith(prefix) && path.endsWith(suffix))
        .sorted()
        .toList();
  }

  /**
   * The text of a packed file.
   *
   * @throws IllegalStateException if there is none of that path
   */
  public static String text(String path) {
    return new String(bytes(path), UTF_8);
  }

  static byte[] bytes(String path) {
    return find(path)
        .orElseThrow(
            () -> new IllegalStateException("this build of trailcam lacks " + ROOT + path));
  }

  static Optional<byte[]> find(String path) {
    try (InputStream in = PackedQueries.class.getResourceAsStream(ROOT + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read from this build of trailcam", e);
    }
  }
}
