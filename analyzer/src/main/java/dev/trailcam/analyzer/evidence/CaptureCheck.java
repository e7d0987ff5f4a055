// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Compares one capture directory with its manifest: files, sizes, hashes, what is left over. */
final class CaptureCheck {
  private final CaptureEntry entry;
  private final String shown;
  private final Map<String, ListedFile> files = new HashMap<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();

  CaptureCheck(CaptureEntry entry) {
    this.entry = entry;
    this.shown = entry.path();
    entry.files().forEach(file -> files.put(file.name(), file));
  }

  /** Hands over either the capture or why there is none. */
  void run(PrivateCopies copies, Consumer<Capture> readable, Consumer<EvidenceProblem> unreadable) {
    Manifest manifest;
    try {
      manifest = entry.manifest();
    } catch (IOException e) {
      unreadable.accept(
          new EvidenceProblem(
              shownFile(CaptureLayout.MANIFEST), Kind.MANIFEST_UNREADABLE, EvidenceFile.reason(e)));
      return;
    }
    for (Manifest.Problem problem : manifest.problems()) {
      problem(
          CaptureLayout.MANIFEST,
          Kind.MANIFEST_DAMAGED,
          "line " + problem.line() + " " + problem.message() + "; the lines before it are used");
    }
    List<Segment> intact = new ArrayList<>();
    Set<String> expired = manifest.expired();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (!expired.contains(segment.file())) {
        segment(segment, copies).ifPresent(intact::add);
      } else if (files.containsKey(segment.file())) {
        problem(segment.file(), Kind.EXPIRED, "is there, though retention removed it; not read");
      }
    }
    problems.addAll(Removals.problems(shown, manifest));
    leftOvers(manifest);
    Capture capture = new Capture(shown, manifest, intact, problems);
    readable.accept(capture.without(List.of(), Accounts.problems(capture)));
  }

  private Optional<Segment> segment(ManifestEntry.Segment segment, PrivateCopies copies) {
    Optional<Table> table =
        Arrays.stream(Table.values())
            .filter(candidate -> candidate.filePrefix().equals(segment.table()))
            .findFirst();
    if (table.isEmpty()) {
      return problem(segment.file(), Kind.SEGMENT_MALFORMED, "is of an unknown table");
    }
    ListedFile listed = files.get(segment.file());
    if (listed == null) {
      return missing(segment);
    }
    if (listed.kind() != ListedFile.Kind.FILE) {
      return problem(segment.file(), Kind.SEGMENT_NOT_A_FILE, listed.kind().whatInstead());
    }
    if (listed.bytes() != segment.bytes()) {
      return resized(segment, listed.bytes());
    }
    try {
      CapturePlace.Fetched file = entry.place().fetch(segment.file(), segment.bytes(), copies);
      if (file.bytes() != segment.bytes()) {
        return resized(segment, file.bytes());
      }
      if (!file.sha256().equals(segment.sha256())) {
        return problem(
            segment.file(), Kind.SEGMENT_ALTERED, "was altered: its SHA-256 is not the sealed one");
      }
      return Optional.of(new Segment(table.get(), segment, file.path()));
    } catch (NoSuchFileException e) {
      return missing(segment);
    } catch (IOException e) {
      return problem(segment.file(), Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
  }

  private Optional<Segment> missing(ManifestEntry.Segment segment) {
    return problem(
        segment.file(),
        Kind.SEGMENT_MISSING,
        "is missing: the manifest says " + segment.rows() + " rows");
  }

  private Optional<Segment> resized(ManifestEntry.Segment segment, long bytes) {
    return problem(
        segment.file(),
        Kind.SEGMENT_RESIZED,
        (bytes < segment.bytes() ? "is truncated" : "has grown")
            + ": the manifest says "
            + segment.bytes()
            + " bytes, the file has "
            + bytes);
  }

  private void leftOvers(Manifest manifest) {
    Set<String> listed =
        manifest.segments().stream().map(ManifestEntry.Segment::file).collect(Collectors.toSet());
    for (ListedFile file : entry.files()) {
      String name = file.name();
      if (name.endsWith(CaptureLayout.SEGMENT_SUFFIX) && !listed.contains(name)) {
        problem(
            name,
            Kind.FOREIGN_FILE,
            "is not listed in the manifest, so nothing vouches for it; not read");
      }
    }
    spool();
  }

  private void spool() {
    ListedFile spool = files.get(CaptureLayout.SPOOL);
    if (spool == null || spool.kind() != ListedFile.Kind.DIRECTORY) {
      return;
    }
    List<ListedFile> unsealed;
    try {
      unsealed = entry.place().list(CaptureLayout.SPOOL);
    } catch (IOException e) {
      problem(CaptureLayout.SPOOL, Kind.UNREADABLE, "cannot be listed: " + e.getMessage());
      return;
    }
    long bytes = unsealed.stream().mapToLong(ListedFile::bytes).sum();
    if (!unsealed.isEmpty()) {
      problem(
          CaptureLayout.SPOOL,
          Kind.NOT_SEALED,
          "holds " + bytes + " bytes that were not sealed; run: trailcam recover " + shown);
    }
  }

  private <T> Optional<T> problem(String file, Kind kind, String message) {
    problems.add(new EvidenceProblem(file.isEmpty() ? shown : shownFile(file), kind, message));
    return Optional.empty();
  }

  private String shownFile(String file) {
    // Not Path.of: what is shown of a name that is no valid text need not be a path.
    return shown + "/" + file;
  }
}
