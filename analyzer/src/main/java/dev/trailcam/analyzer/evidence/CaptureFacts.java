// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has to be remembered of a capture that was checked, to speak of it without looking at it
 * again.
 *
 * @param path its directory, as the user named it
 * @param manifestSha256 hash of the manifest's bytes when it was found
 * @param listing what its directory listed, see {@link CaptureEntry#listing}
 * @param captureId its id
 * @param bootId the boot it was recorded in
 * @param executions rows of executions in its intact segments
 * @param segments its intact segments, in the order of the manifest
 * @param problems everything that is wrong with it, sorted
 * @param losses executions lost, by cause
 * @param lostEvents rows of other tables that were lost, by the table's SQL name
 */
public record CaptureFacts(
    String path,
    String manifestSha256,
    String listing,
    String captureId,
    String bootId,
    long executions,
    List<SealedFile> segments,
    List<EvidenceProblem> problems,
    SortedMap<String, Long> losses,
    SortedMap<String, Long> lostEvents) {

  /** What the files say, and not the manifest alone: it may be otherwise the next time. */
  private static final Set<Kind> OF_FILES =
      EnumSet.of(
          Kind.UNREADABLE,
          Kind.EXPIRED,
          Kind.SEGMENT_MISSING,
          Kind.SEGMENT_RESIZED,
          Kind.SEGMENT_ALTERED,
          Kind.SEGMENT_NOT_A_FILE,
          Kind.SEGMENT_MALFORMED,
          Kind.FOREIGN_FILE,
          Kind.NOT_SEALED);

  /**
   * A segment by what identifies it.
   *
   * @param file its name in the capture
   * @param sha256 hash of its bytes
   */
  public record SealedFile(String file, String sha256) {}

  /** Sorts the problems and makes everything immutable. */
  public CaptureFacts {
    segments = List.copyOf(segments);
    problems = problems.stream().sorted().distinct().toList();
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    lostEvents = Collections.unmodifiableSortedMap(new TreeMap<>(lostEvents));
  }

  /** Of a capture that was checked. */
  public static CaptureFacts of(Capture capture, CaptureEntry entry) {
    return of(capture, entry.manifestHash(), entry.listing());
  }

  static CaptureFacts of(Capture capture, String manifestHash, String listing) {
    return new CaptureFacts(
        capture.path(),
        manifestHash,
        listing,
        capture.id(),
        capture.manifest().start().bootId(),
        executions(capture.segments().stream().map(Segment::entry).toList()),
        capture.segments().stream()
            .map(segment -> new SealedFile(segment.entry().file(), segment.entry().sha256()))
            .toList(),
        capture.problems(),
        capture.losses(),
        capture.lostEvents());
  }

  /**
   * What a manifest claims of a capture that nobody has checked yet.
   *
   * @throws IOException if the manifest cannot be read any more; the message does not name it
   */
  public static CaptureFacts claimed(CaptureEntry entry) throws IOException {
    Manifest manifest = entry.manifest();
    return new CaptureFacts(
        entry.path(),
        entry.manifestHash(),
        entry.listing(),
        manifest.start().captureId(),
        manifest.start().bootId(),
        executions(manifest.segments()),
        List.of(),
        List.of(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** The same capture under another name for its directory. */
  public CaptureFacts at(String shown) {
    if (shown.equals(path)) {
      return this;
    }
    return new CaptureFacts(
        shown,
        manifestSha256,
        listing,
        captureId,
        bootId,
        executions,
        segments,
        problems.stream()
            .map(
                problem ->
                    problem.path().equals(path) || problem.path().startsWith(path + "/")
                        ? new EvidenceProblem(
                            shown + problem.path().substring(path.length()),
                            problem.kind(),
                            problem.message())
                        : problem)
            .toList(),
        losses,
        lostEvents);
  }

  private static long executions(List<ManifestEntry.Segment> segments) {
    long executions = 0;
    for (ManifestEntry.Segment segment : segments) {
      long rows = segment.table().equals(Table.EXECS.filePrefix()) ? segment.rows() : 0;
      executions += Math.max(0, Math.min(rows, Long.MAX_VALUE - executions));
    }
    return executions;
  }

  /** Whether its files have to be looked at again: something about them was wrong. */
  public boolean mayChange() {
    return problems.stream().anyMatch(problem -> OF_FILES.contains(problem.kind()));
  }

  /** What rules see of it: hash of the manifest and of the intact segments. */
  public String content() {
    StringBuilder text = new StringBuilder(manifestSha256).append('\n');
    segments.forEach(
        segment -> text.append(segment.file()).append(' ').append(segment.sha256()).append('\n'));
    return Sha256.of(text.toString());
  }
}
