// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code manifest.jsonl} says, and what is wrong with it. Reading never fails on bad content:
 * everything up to the first broken line is kept, since that much is still chained and true.
 *
 * @param start first line
 * @param segments sealed files in the order they were sealed, expired ones too
 * @param removals what retention has removed of them, in the order of the manifest
 * @param end last line, absent when the recorder died
 * @param problems what breaks the chain or the format, empty for a good manifest
 * @param headHash SHA-256 of the last good line: whoever knows it from elsewhere can prove that
 *     nothing was cut off
 * @param goodBytes length of the part before the first problem
 */
public record Manifest(
    ManifestEntry.Start start,
    List<ManifestEntry.Segment> segments,
    List<ManifestEntry.Expired> removals,
    Optional<ManifestEntry.End> end,
    List<Problem> problems,
    String headHash,
    long goodBytes) {

  /** The newest capture format this code reads. */
  public static final int FORMAT_VERSION = 2;

  private static final long MAX_BYTES = 256L << 20;

  /**
   * What breaks the chain or the format.
   *
   * @param line line number from 1
   * @param message what is wrong with it
   */
  public record Problem(int line, String message) {}

  /** Names of the segments that retention has removed. */
  public Set<String> expired() {
    return removals.stream()
        .flatMap(removal -> removal.files().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether the chain holds and the recording ended in order. */
  public boolean complete() {
    return problems.isEmpty()
        && end.map(ManifestEntry.End::reason)
            .filter(
                reason ->
                    Arrays.stream(EndReason.values())
                        .anyMatch(known -> known.complete() && known.id().equals(reason)))
            .isPresent();
  }

  /**
   * Reads the manifest of a capture.
   *
   * @throws IOException if the file cannot be read, is larger than 256 MiB, or its first line is no
   *     start line of a format this version knows
   */
  public static Manifest read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than 256 MiB, this is no manifest");
    }
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads a manifest that is in memory.
   *
   * @param name what messages begin with
   * @throws IOException if its first line is no start line of a format this version knows
   */
  public static Manifest parse(String name, byte[] bytes) throws IOException {
    Reader reader = new Reader(bytes);
    reader.run();
    if (reader.start == null) {
      String why = reader.problems.isEmpty() ? "is empty" : reader.problems.get(0).message();
      throw new IOException(name + ": line 1: " + why);
    }
    if (reader.start.formatVersion() > FORMAT_VERSION) {
      throw new IOException(
          name
              + ": capture format "
              + reader.start.formatVersion()
              + " is newer than this program knows ("
              + FORMAT_VERSION
              + "); use a newer trailcam");
    }
    return new Manifest(
        reader.start,
        List.copyOf(reader.segments),
        List.copyOf(reader.removals),
        Optional.ofNullable(reader.end),
        List.copyOf(reader.problems),
        reader.headHash,
        reader.goodBytes);
  }

  private static final class Reader {
    private final byte[] bytes;
    private final Set<String> files = new HashSet<>();
    private final List<ManifestEntry.Segment> segments = new ArrayList<>();
    private final List<ManifestEntry.Expired> removals = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private ManifestEntry.Start start;
    private ManifestEntry.End end;
    private String headHash;
    private int goodBytes;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    void run() {
      int line = 1;
      for (int from = 0; from < bytes.length && problems.isEmpty(); line++) {
        int to = lineEnd(from);
        if (to == bytes.length) {
          problem(line, "is cut off: it has no line feed");
          return;
        }
        accept(line, Arrays.copyOfRange(bytes, from, to));
        from = to + 1;
        if (problems.isEmpty()) {
          goodBytes = from;
        }
      }
    }

    private int lineEnd(int from) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      return to;
    }

    private void accept(int line, byte[] text) {
      ManifestEntry entry;
      try {
        entry = ManifestJson.read(text);
      } catch (IllegalArgumentException e) {
        problem(line, "is no manifest line: " + e.getMessage());
        return;
      }
      if (headHash == null ? entry.prev() != null : !headHash.equals(entry.prev())) {
        problem(line, "does not follow the line before it: the chain of hashes is broken");
        return;
      }
      if (place(line, entry)) {
        headHash = Sha256.of(text);
      }
    }

    private boolean place(int line, ManifestEntry entry) {
      if (end != null) {
        return problem(line, "comes after the end line");
      }
      if ((entry instanceof ManifestEntry.Start) != (line == 1)) {
        return problem(line, line == 1 ? "is no start line" : "is a second start line");
      }
      if (entry instanceof ManifestEntry.Start first) {
        return placeStart(line, first);
      }
      if (entry instanceof ManifestEntry.Segment segment) {
        return placeSegment(line, segment);
      }
      if (entry instanceof ManifestEntry.Expired removed) {
        return placeExpired(line, removed);
      }
      end = (ManifestEntry.End) entry;
      return end.reason() != null || problem(line, "says no reason");
    }

    private boolean placeStart(int line, ManifestEntry.Start first) {
      if (first.captureId() == null
          || first.host() == null
          || first.bootId() == null
          || first.clock() == null) {
        return problem(line, "lacks capture_id, host, boot_id or clock");
      }
      start = first;
      return true;
    }

    private boolean placeSegment(int line, ManifestEntry.Segment segment) {
      String file = segment.file();
      if (file == null || !CaptureLayout.isSegmentName(file)) {
        return problem(line, "names a file that is no segment: " + file);
      }
      if (segment.sha256() == null || segment.table() == null || segment.bytes() < 0) {
        return problem(line, "lacks table, bytes or sha256");
      }
      if (!file.startsWith(segment.table() + "-")) {
        return problem(line, "names " + file + " as a segment of " + segment.table());
      }
      if (!files.add(file)) {
        return problem(line, "names " + file + " a second time");
      }
      segments.add(segment);
      return true;
    }

    private boolean placeExpired(int line, ManifestEntry.Expired removed) {
      if (removed.files() == null || !files.containsAll(removed.files())) {
        return problem(line, "lets files expire that no line before it names");
      }
      removals.add(removed);
      return true;
    }

    private boolean problem(int line, String message) {
      problems.add(new Problem(line, message));
      return false;
    }
  }
}
