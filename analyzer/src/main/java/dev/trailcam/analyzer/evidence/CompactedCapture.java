// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A capture as it is known when its directory is not there: from its manifest and from where its
 * rows are now.
 */
public final class CompactedCapture {

  /** Where the rows of a segment are, or what keeps them from being read. */
  sealed interface Place {
    /** They can be read. */
    record Found(Segment segment) implements Place {}

    /** They cannot. */
    record Lost(Kind kind, String message) implements Place {}
  }

  private CompactedCapture() {}

  /**
   * The capture, with what is wrong with it.
   *
   * @param places by name of the segment in the original
   */
  static Capture of(String shown, Manifest manifest, Map<String, Place> places) {
    List<Segment> segments = new ArrayList<>();
    List<EvidenceProblem> problems = new ArrayList<>();
    for (Manifest.Problem problem : manifest.problems()) {
      problems.add(
          new EvidenceProblem(
              shown + "/" + CaptureLayout.MANIFEST,
              Kind.MANIFEST_DAMAGED,
              "line "
                  + problem.line()
                  + " "
                  + problem.message()
                  + "; the lines before it are used"));
    }
    Set<String> removed = manifest.expired();
    for (ManifestEntry.Segment entry : manifest.segments()) {
      if (removed.contains(entry.file())) {
        continue;
      }
      Place place = places.getOrDefault(entry.file(), missing(entry));
      if (place instanceof Place.Found found) {
        segments.add(found.segment());
      } else if (place instanceof Place.Lost lost) {
        problems.add(new EvidenceProblem(shown + "/" + entry.file(), lost.kind(), lost.message()));
      }
    }
    problems.addAll(Removals.problems(shown, manifest));
    Capture capture = new Capture(shown, manifest, segments, problems);
    return capture.without(List.of(), Accounts.problems(capture));
  }

  private static Place missing(ManifestEntry.Segment entry) {
    return new Place.Lost(
        Kind.SEGMENT_MISSING, "is missing: the manifest says " + entry.rows() + " rows");
  }

  /**
   * Whether a capture's manifest and intact segments say all there is to say of it, so that nothing
   * is lost when only these are kept. A capture that may still grow or be recovered, or of which
   * something was altered, is not like that: whoever looks into it needs the files themselves.
   */
  public static boolean wouldTellAll(Capture capture) {
    Manifest manifest = capture.manifest();
    Set<String> removed = manifest.expired();
    long there = manifest.segments().stream().filter(one -> !removed.contains(one.file())).count();
    if (!manifest.problems().isEmpty()
        || manifest.end().isEmpty()
        || there != capture.segments().size()) {
      return false;
    }
    List<EvidenceProblem> known = new ArrayList<>(Removals.problems(capture.path(), manifest));
    known.addAll(Accounts.problems(new Capture(capture.path(), manifest, List.of(), List.of())));
    return capture.problems().stream().allMatch(known::contains);
  }

  /** The table of a manifest line; the reader of a compaction has seen that there is one. */
  static Table table(ManifestEntry.Segment entry) {
    return Arrays.stream(Table.values())
        .filter(table -> table.filePrefix().equals(entry.table()))
        .findFirst()
        .orElseThrow();
  }
}
