// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.CompactedCapture.Place;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Compares a directory of compacted captures with what is written in it about it. */
final class CompactionCheck {
  private final Path directory;
  private final String shown;
  private final Consumer<EvidenceProblem> problems;

  /**
   * A check that has not begun.
   *
   * @param shown the directory as the user would name it
   * @param problems is told what is wrong with the directory, and not with one capture in it
   */
  CompactionCheck(Path directory, String shown, Consumer<EvidenceProblem> problems) {
    this.directory = directory;
    this.shown = shown;
    this.problems = problems;
  }

  /** Hands over every capture in it, and what was not taken. */
  void run(Consumer<Capture> captures, Consumer<LeftOut> leftOut) {
    Compaction compaction;
    try {
      compaction = read(directory);
    } catch (IOException e) {
      problem(CompactionLayout.JOURNAL, Kind.MANIFEST_UNREADABLE, EvidenceFile.reason(e));
      return;
    }
    for (Manifest.Problem problem : compaction.problems()) {
      problem(
          CompactionLayout.JOURNAL,
          Kind.MANIFEST_DAMAGED,
          "line "
              + problem.line()
              + " "
              + problem.message()
              + "; the captures of the lines before it are used, the others are missing");
    }
    if (compaction.end().isEmpty() && compaction.problems().isEmpty()) {
      problem(
          CompactionLayout.JOURNAL,
          Kind.UNFINISHED,
          "has no end line: the compaction was not finished, so nothing of it is read; compact"
              + " again");
      return;
    }
    CompactedFiles files = new CompactedFiles(directory, compaction);
    files.foreign(shown).forEach(problems);
    compaction.originals().forEach(original -> captures.accept(capture(files, original)));
    compaction.leftOut().forEach(one -> leftOut.accept(new LeftOut(shown, one)));
  }

  /**
   * Reads what is written about a directory.
   *
   * @throws IOException if that cannot be read; the message does not name the file
   */
  static Compaction read(Path directory) throws IOException {
    Path journal = directory.resolve(CompactionLayout.JOURNAL);
    BasicFileAttributes attributes = EvidenceFile.attributes(journal);
    if (!attributes.isRegularFile()) {
      throw new IOException(EvidenceFile.kind(attributes).whatInstead());
    }
    return Compaction.read(journal);
  }

  private Capture capture(CompactedFiles files, Compaction.Original original) {
    Map<String, ManifestEntry.Segment> entries = new HashMap<>();
    original.manifest().segments().forEach(entry -> entries.put(entry.file(), entry));
    Map<String, Place> places = new HashMap<>();
    for (CompactionEntry.Part part : original.parts()) {
      ManifestEntry.Segment entry = entries.get(part.segment());
      Place found =
          new Place.Found(
              new Segment(
                  CompactedCapture.table(entry),
                  entry,
                  files.path(part.file()),
                  OptionalInt.of(part.part())));
      places.put(
          part.segment(),
          files
              .fault(part.file())
              .<Place>map(
                  fault ->
                      new Place.Lost(
                          fault.kind(),
                          "is in " + shown + "/" + part.file() + ", which " + fault.message()))
              .orElse(found));
    }
    return CompactedCapture.of(shown + "/" + original.name(), original.manifest(), places);
  }

  private void problem(String file, Kind kind, String message) {
    problems.accept(new EvidenceProblem(shown + "/" + file, kind, message));
  }

  /**
   * What a compaction did not take.
   *
   * @param shown the compaction, as the user would name it
   */
  record LeftOut(String shown, CompactionEntry.LeftOut entry) {
    /** Whether a problem is about the same thing, which then is at hand. */
    boolean isToldBy(EvidenceProblem problem) {
      return problem.subject().equals(entry.name())
          && entry.why() != null
          && entry.why().contains(problem.kind().id());
    }

    EvidenceProblem problem() {
      return new EvidenceProblem(
          shown + "/" + CompactionLayout.JOURNAL,
          Kind.LEFT_OUT,
          "says that "
              + entry.name()
              + " was not taken ("
              + (entry.why() == null ? "" : String.join(", ", entry.why()))
              + "), and it is not among what was read; read it as well");
    }
  }
}
