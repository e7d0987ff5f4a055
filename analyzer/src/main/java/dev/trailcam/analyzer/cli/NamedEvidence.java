// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactionPlace;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.KnownEvidence;
import dev.trailcam.analyzer.evidence.PrivateCopies;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.Selected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The evidence of one run of a verb, open until it is closed.
 *
 * @param set what was selected
 * @param selection by which it was
 * @param notSelected how many captures were not
 * @param compactions where compacted captures lie
 * @param copies where copies of evidence are that cannot be opened where it lies
 */
record NamedEvidence(
    CaptureSet set,
    Selection selection,
    long notSelected,
    List<CompactionPlace> compactions,
    PrivateCopies copies)
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
    PrivateCopies copies = new PrivateCopies();
    CaptureSet checked =
        CaptureSet.open(
            catalogue, selected.captures(), copies, name -> progress.at("checking " + name, 0, 0));
    // What is compacted is one file, so it is selected afterwards.
    CaptureSet set = checked.of(selection);
    long notSelected = selected.notSelected() + checked.captures().size() - set.captures().size();
    if (set.captures().isEmpty() && notSelected > 0) {
      // A slip of the pen in an option must not give a clean result.
      set =
          set.with(
              List.of(
                  new EvidenceProblem(
                      arguments.get(0),
                      EvidenceProblem.Kind.NOTHING_SELECTED,
                      "none of " + notSelected + " captures is what the options ask for")));
    }
    return new NamedEvidence(set, selection, notSelected, catalogue.compactions(), copies);
  }

  /** A result of the set, without what happened at a time that was not asked for. */
  ReplayResult narrow(ReplayResult result) {
    return selection.all() ? result : Selected.narrow(result, selection, notSelected);
  }

  /** The first moment that is wanted, in nanoseconds since 1970; empty where all before is. */
  OptionalLong fromNs() {
    return nanos(selection.from());
  }

  /** The first moment that is not wanted any more, likewise. */
  OptionalLong toNs() {
    return nanos(selection.to());
  }

  /** Beyond the years 1677 to 2262 there is no such number; nothing happened there either. */
  private static OptionalLong nanos(Optional<Instant> time) {
    if (time.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(ChronoUnit.NANOS.between(Instant.EPOCH, time.get()));
    } catch (ArithmeticException e) {
      return OptionalLong.of(time.get().isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
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
