// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes what is older, or more, than was to be kept: first captures of the store that have ended,
 * then segments of the capture that is being recorded, the oldest first. What is not sealed is
 * never removed, and what is removed of this capture keeps its lines in the manifest.
 */
final class Retention {
  private final Keeping keeping;
  private final OldCaptures others;
  private final Path directory;
  private final ManifestAppender manifest;
  private final Set<String> expired = new HashSet<>();

  /**
   * @param others the captures of the store that have ended
   * @param directory of the capture that is being recorded
   * @param manifest its manifest
   */
  Retention(Keeping keeping, OldCaptures others, Path directory, ManifestAppender manifest) {
    this.keeping = keeping;
    this.others = others;
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Removes what is due.
   *
   * @param sealed segments of the capture that is being recorded, in the order they were sealed
   */
  void apply(List<Segment> sealed, ClockReading now) throws IOException {
    if (keeping.keepFor().isPresent()) {
      long age = keeping.keepFor().get().toNanos();
      others.removeEndedBefore(now.realNs() - age);
      expire(endedBefore(sealed, now.bootNs() - age), "age", now);
    }
    if (keeping.keepBytes().isPresent()) {
      long excess = bytes(kept(sealed)) + others.bytes() - keeping.keepBytes().get();
      excess -= others.removeOldest(excess);
      expire(oldest(sealed, excess), "bytes", now);
    }
  }

  private List<Segment> endedBefore(List<Segment> sealed, long bootNs) {
    return kept(sealed).stream().filter(segment -> segment.clock().bootNs() < bootNs).toList();
  }

  /** The oldest segments that together have so many bytes; those of one spool file go together. */
  private List<Segment> oldest(List<Segment> sealed, long bytes) {
    Map<String, List<Segment>> bySpool = new LinkedHashMap<>();
    for (Segment segment : kept(sealed)) {
      bySpool.computeIfAbsent(segment.spool(), spool -> new ArrayList<>()).add(segment);
    }
    List<Segment> oldest = new ArrayList<>();
    for (List<Segment> together : bySpool.values()) {
      if (bytes(oldest) >= bytes) {
        break;
      }
      oldest.addAll(together);
    }
    return oldest;
  }

  private List<Segment> kept(List<Segment> sealed) {
    return sealed.stream().filter(segment -> !expired.contains(segment.file())).toList();
  }

  private static long bytes(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  /** The line comes first: a file that is gone without one looks like one that was stolen. */
  private void expire(List<Segment> segments, String reason, ClockReading now) throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    List<String> files = segments.stream().map(Segment::file).toList();
    manifest.append(new ManifestEntry.Expired(files, reason, now, null));
    expired.addAll(files);
    for (String file : files) {
      Files.deleteIfExists(directory.resolve(file));
    }
  }
}
