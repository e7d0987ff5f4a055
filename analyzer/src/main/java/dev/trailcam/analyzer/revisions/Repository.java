// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository that holds rules, and the path of the rules in it. */
public final class Repository {
  private static final int MAX_LISTING = 16 << 20;
  private static final int MAX_LINE = 1 << 16;
  private static final Pattern REVISION = Pattern.compile("[^\\p{Cc}-][^\\p{Cc}]{0,199}");
  // Links and submodules are no files of ours: 120000 and 160000.
  private static final Pattern ENTRY =
      Pattern.compile("(?s)100(?:644|755) blob ([0-9a-f]{40,64}) +([0-9]{1,18})\t(.+)");

  private final Git git;
  private final String path;

  private Repository(Git git, String path) {
    this.git = git;
    this.path = path;
  }

  /**
   * The repository that this path lies in.
   *
   * @param rules a rule file or directory that is there now
   * @throws RevisionException if it lies in none, or git is missing or refuses it
   */
  public static Repository of(Path rules) throws RevisionException {
    Path absolute = rules.toAbsolutePath().normalize();
    boolean directory = Files.isDirectory(absolute);
    if (!directory && !Files.exists(absolute)) {
      throw new RevisionException(rules + ": does not exist");
    }
    Git git = new Git(directory ? absolute : absolute.getParent());
    String prefix = line(git.run(MAX_LINE, "rev-parse", "--show-prefix"));
    return new Repository(git, prefix + (directory ? "" : absolute.getFileName().toString()));
  }

  /**
   * The rules as they were.
   *
   * @param name branch, tag, commit or the like
   * @throws RevisionException if there is no such revision, or it cannot be read
   */
  public Revision revision(String name) throws RevisionException {
    if (!REVISION.matcher(name).matches()) {
      throw new RevisionException("'" + name + "' is no revision: one begins with no dash");
    }
    String commit;
    try {
      commit = line(git.run(MAX_LINE, "rev-parse", "--verify", "--quiet", name + "^{commit}"));
    } catch (RevisionException e) {
      throw new RevisionException(
          "'" + name + "' is no revision of the repository that holds the rules");
    }
    String root = RevisionPath.root(path);
    return new Revision(
        name, commit, RevisionPath.below(root, path), root, files(commit, root), git);
  }

  private SortedMap<String, Revision.Entry> files(String commit, String root)
      throws RevisionException {
    byte[] listing =
        root.isEmpty()
            ? git.run(MAX_LISTING, "ls-tree", "-rlz", "--full-tree", commit)
            : git.run(MAX_LISTING, "ls-tree", "-rlz", "--full-tree", commit, "--", root);
    SortedMap<String, Revision.Entry> files = new TreeMap<>();
    for (String entry : new String(listing, UTF_8).split("\0", -1)) {
      Matcher matcher = ENTRY.matcher(entry);
      if (matcher.matches()) {
        files.put(
            RevisionPath.below(root, matcher.group(3)),
            new Revision.Entry(matcher.group(1), Long.parseLong(matcher.group(2))));
      }
    }
    return files;
  }

  private static String line(byte[] printed) {
    return new String(printed, UTF_8).strip();
  }
}
