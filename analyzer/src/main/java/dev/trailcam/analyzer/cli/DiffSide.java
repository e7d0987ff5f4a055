// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.revisions.Repository;
import dev.trailcam.analyzer.revisions.Revision;
import dev.trailcam.analyzer.revisions.RevisionException;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the two rule sets that {@code diff} was given.
 *
 * @param label what to call it
 * @param rules its rules, with what lies beside them
 */
record DiffSide(String label, RuleSet rules) {
  private static final String AS_IT_IS = ".";

  /** What was named is no rule set. */
  static final class NoSuchSideException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchSideException(String message) {
      super(message);
    }
  }

  /** Rules on the disk. */
  static DiffSide of(Path path) throws NoSuchSideException {
    if (!Files.exists(path)) {
      throw new NoSuchSideException(
          path + " does not exist; for a git revision, name the rules with --rules");
    }
    return new DiffSide(path.toString(), RuleSet.of(List.of(path)));
  }

  /** Rules as they were in a revision, or as they lie there now. */
  static DiffSide of(Path path, String revision) throws NoSuchSideException {
    if (revision.equals(AS_IT_IS)) {
      return of(path);
    }
    try {
      Revision found = Repository.of(path).revision(revision);
      return new DiffSide(path + " at " + found.label(), RuleSet.of(found, found.under()));
    } catch (RevisionException e) {
      throw new NoSuchSideException(e.getMessage());
    }
  }
}
