// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.engine.EngineException;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.engine.SegmentRows;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CompactedCapture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts captures into those that can be taken, of which every row is read here once, and those that
 * stay.
 */
final class Originals {
  private final SegmentRows rows;
  private final Progress progress;
  private final List<Capture> taken = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Map<Segment, String> bad = new LinkedHashMap<>();

  Originals(SegmentRows rows, Progress progress) {
    this.rows = rows;
    this.progress = progress;
  }

  void sort(List<Capture> captures) {
    List<Capture> candidates = new ArrayList<>();
    for (Capture capture : captures) {
      if (!CompactedCapture.wouldTellAll(capture)) {
        rejections.add(new Rejection(Optional.of(capture), capture.problems()));
        continue;
      }
      try {
        manifestText(capture);
        candidates.add(capture);
      } catch (IOException e) {
        reject(capture, CaptureLayout.MANIFEST, Kind.MANIFEST_UNREADABLE, e.getMessage());
      }
    }
    for (Table table : Table.values()) {
      read(
          candidates.stream()
              .flatMap(capture -> capture.segments().stream())
              .filter(segment -> segment.table() == table)
              .toList());
    }
    for (Capture capture : candidates) {
      Optional<Segment> malformed =
          capture.segments().stream().filter(bad::containsKey).findFirst();
      if (malformed.isEmpty()) {
        taken.add(capture);
      } else {
        Segment segment = malformed.get();
        reject(capture, segment.entry().file(), Kind.SEGMENT_MALFORMED, bad.get(segment));
      }
    }
  }

  List<Capture> taken() {
    return taken;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  private void reject(Capture capture, String file, Kind kind, String message) {
    rejections.add(
        new Rejection(
            Optional.of(capture),
            List.of(new EvidenceProblem(capture.path() + "/" + file, kind, message))));
  }

  private void read(List<Segment> segments) {
    if (segments.isEmpty()) {
      return;
    }
    progress.at("looking at " + segments.get(0).table().sqlName(), 0, 0);
    bad.putAll(rows.obstacles(segments));
    List<Segment> sound = segments.stream().filter(segment -> !bad.containsKey(segment)).toList();
    if (!sound.isEmpty()) {
      progress.at("reading " + sound.get(0).table().sqlName(), 0, 0);
      count(sound);
    }
  }

  /** All at once is the fast way; halves of them find out which is bad. */
  private void count(List<Segment> segments) {
    List<Long> counts;
    try {
      counts = rows.counts(segments);
    } catch (EngineException e) {
      if (segments.size() == 1) {
        bad.put(segments.get(0), "cannot be read: " + e.getMessage());
        return;
      }
      count(segments.subList(0, segments.size() / 2));
      count(segments.subList(segments.size() / 2, segments.size()));
      return;
    }
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (counts.get(i) != segment.entry().rows()) {
        bad.put(
            segment,
            "holds " + counts.get(i) + " rows, the manifest says " + segment.entry().rows());
      }
    }
  }

  /**
   * The whole text of a capture's manifest file.
   *
   * @throws IOException if it cannot be had, is not the one that was checked, or is too large
   */
  static String manifestText(Capture capture) throws IOException {
    Path file;
    try {
      file = Path.of(capture.path(), CaptureLayout.MANIFEST);
    } catch (InvalidPathException e) {
      throw new IOException("is in no directory; unpack it first", e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("is in no directory; unpack it first");
    }
    if (Files.size(file) > CompactionEntry.MAX_MANIFEST_BYTES) {
      throw new IOException("is larger than 16 MiB, and so large a capture gains nothing");
    }
    byte[] bytes = Files.readAllBytes(file);
    Manifest manifest = Manifest.parse(file.toString(), bytes);
    if (!manifest.headHash().equals(capture.manifest().headHash())
        || !manifest.problems().isEmpty()) {
      throw new IOException("was changed while it was read");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("is no UTF-8", e);
    }
  }
}
