// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

import dev.trailcam.analyzer.rules.RuleSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Rules as they were in one commit. */
public final class Revision implements RuleSource {
  private static final int SHORT = 12;

  /**
   * A file in it.
   *
   * @param object name of its content
   * @param bytes size of its content
   */
  record Entry(String object, long bytes) {}

  private final String name;
  private final String commit;
  private final String under;
  private final String root;
  private final SortedMap<String, Entry> files;
  private final Git git;

  Revision(
      String name,
      String commit,
      String under,
      String root,
      SortedMap<String, Entry> files,
      Git git) {
    this.name = name;
    this.commit = commit;
    this.under = under;
    this.root = root;
    this.files = files;
    this.git = git;
  }

  /** What to call it: the name it was asked for by, and the commit that was then. */
  public String label() {
    String shortened = commit.substring(0, SHORT);
    return commit.startsWith(name) ? shortened : name + " (" + shortened + ")";
  }

  /** What the paths of the rules begin with that were asked for. */
  public String under() {
    return under.isEmpty() && files.keySet().stream().anyMatch(path -> path.startsWith("rules/"))
        ? "rules/"
        : under;
  }

  @Override
  public List<String> list(String prefix, String suffix) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(prefix) && path.endsWith(suffix))
        .toList();
  }

  @Override
  public Optional<byte[]> find(String path) throws IOException {
    Entry entry = files.get(path);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.bytes() > MAX_BYTES) {
      throw new IOException("it is larger than 1 MiB");
    }
    try {
      return Optional.of(git.run(MAX_BYTES, "cat-file", "blob", entry.object()));
    } catch (RevisionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String shown(String path) {
    return name + ":" + root + path;
  }
}
