// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.KnownEvidence;
import dev.trailcam.analyzer.evidence.PrivateCopies;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.Selected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The evidence of one run of a verb, open until it is closed.
 *
 * @param set what was selected
 * @param selection by which it was
 * @param notSelected how many captures were not
 * @param copies where copies of evidence are that cannot be opened where it lies
 */
record NamedEvidence(CaptureSet set, Selection selection, long notSelected, PrivateCopies copies)
    implements AutoCloseable {

  /**
   * Finds, selects and checks captures.
   *
   * @param arguments at least one
   */
  static NamedEvidence open(List<String> arguments, Selection selection, ProgressLine progress) {
    Consumer<String> looking = name -> progress.at("looking for captures in " + name, 0, 0);
    CaptureCatalogue catalogue = CaptureCatalogue.list(arguments, KnownEvidence.NONE, looking);
    Selection.Selected selected = selection.of(catalogue.captures());
    List<EvidenceProblem> problems = new ArrayList<>(catalogue.problems());
    if (selected.captures().isEmpty() && selected.notSelected() > 0) {
      // A slip of the pen in an option must not give a clean result.
      problems.add(
          new EvidenceProblem(
              arguments.get(0),
              EvidenceProblem.Kind.NOTHING_SELECTED,
              "none of " + selected.notSelected() + " captures is what the options ask for"));
    }
    PrivateCopies copies = new PrivateCopies();
    CaptureSet set =
        CaptureSet.open(selected.captures(), copies, name -> progress.at("checking " + name, 0, 0))
            .with(problems);
    return new NamedEvidence(set, selection, selected.notSelected(), copies);
  }

  /** A result of the set, without what happened at a time that was not asked for. */
  ReplayResult narrow(ReplayResult result) {
    return selection.all() ? result : Selected.narrow(result, selection, notSelected);
  }

  /** For verbs whose result has no place for it. */
  void sayLeftOut(Terminal terminal) {
    if (notSelected > 0) {
      terminal.say(notSelected + " captures not selected");
    }
  }

  @Override
  public void close() {
    copies.close();
  }
}
