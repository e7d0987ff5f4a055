// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code compaction.jsonl} says, and what is wrong with it, up to the first broken line.
 *
 * @param start first line
 * @param files in the order of the lines
 * @param originals captures in the order of the lines, their manifests read
 * @param leftOut what was there and was not taken
 * @param end last line, absent when the compaction did not get that far
 * @param problems what breaks the chain or the format, empty for a good file
 * @param headHash SHA-256 of the last good line: whoever knows it from elsewhere can prove that
 *     nothing was replaced
 */
public record Compaction(
    CompactionEntry.Start start,
    List<CompactionEntry.Parquet> files,
    List<Original> originals,
    List<CompactionEntry.LeftOut> leftOut,
    Optional<CompactionEntry.End> end,
    List<Manifest.Problem> problems,
    String headHash) {

  /** The newest version of the format that this code reads. */
  public static final int FORMAT_VERSION = 1;

  private static final long MAX_BYTES = 4L << 30;

  /**
   * A capture that was taken.
   *
   * @param name a name for it that a directory could have
   * @param manifestSha256 SHA-256 of the manifest file it had
   * @param manifest what that file says
   * @param parts where its segments are
   */
  public record Original(
      String name, String manifestSha256, Manifest manifest, List<CompactionEntry.Part> parts) {}

  /**
   * Reads the file of a directory of compacted captures.
   *
   * @throws IOException if the file cannot be read, is larger than 4 GiB, or its first line is no
   *     start line of a version this program knows
   */
  public static Compaction read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("larger than 4 GiB, this is no compaction");
    }
    Reader reader = new Reader();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      reader.run(in);
    }
    if (reader.start == null) {
      String why = reader.problems().isEmpty() ? "is empty" : reader.problems().get(0).message();
      throw new IOException("line 1: " + why);
    }
    return new Compaction(
        reader.start,
        List.copyOf(reader.files.values()),
        List.copyOf(reader.originals),
        List.copyOf(reader.leftOut),
        Optional.ofNullable(reader.end),
        List.copyOf(reader.problems()),
        reader.headHash());
  }

  private static final class Reader extends ChainReader<CompactionEntry> {
    private final Map<String, CompactionEntry.Parquet> files = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> claimed = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Original> originals = new ArrayList<>();
    private final List<CompactionEntry.LeftOut> leftOut = new ArrayList<>();
    private CompactionEntry.Start start;
    private CompactionEntry.End end;

    Reader() {
      super(CompactionEntry.class, "compaction");
    }

    @Override
    boolean place(int line, CompactionEntry entry) {
      if (end != null) {
        return problem(line, "comes after the end line");
      }
      if ((entry instanceof CompactionEntry.Start) != (line == 1)) {
        return problem(line, line == 1 ? "is no start line" : "is a second start line");
      }
      if (entry instanceof CompactionEntry.Start first) {
        return placeStart(line, first);
      }
      if (entry instanceof CompactionEntry.Parquet file) {
        return placeFile(line, file);
      }
      if (entry instanceof CompactionEntry.Original original) {
        return placeOriginal(line, original);
      }
      if (entry instanceof CompactionEntry.LeftOut one) {
        leftOut.add(one);
        return true;
      }
      return placeEnd(line, (CompactionEntry.End) entry);
    }

    private boolean placeStart(int line, CompactionEntry.Start first) {
      if (first.compactionVersion() < 1 || first.compactionVersion() > FORMAT_VERSION) {
        return problem(
            line,
            "is of version "
                + first.compactionVersion()
                + ", which this program does not know; use a newer trailcam");
      }
      start = first;
      return true;
    }

    private boolean placeFile(int line, CompactionEntry.Parquet file) {
      String name = file.file();
      if (name == null || !CaptureLayout.isSegmentName(name)) {
        return problem(line, "names a file that is none of a compaction: " + name);
      }
      if (file.sha256() == null || file.table() == null || !name.startsWith(file.table() + "-")) {
        return problem(line, "lacks table or sha256, or names a file of another table");
      }
      if (file.bytes() < 0 || file.rows() < 0 || file.parts() < 1) {
        return problem(line, "holds counts that cannot be");
      }
      if (files.putIfAbsent(name, file) != null) {
        return problem(line, "names " + name + " a second time");
      }
      claimed.put(name, new HashSet<>());
      return true;
    }

    private boolean placeOriginal(int line, CompactionEntry.Original original) {
      if (original.manifest() == null || original.parts() == null || original.name() == null) {
        return problem(line, "lacks name, manifest or parts");
      }
      byte[] bytes = original.manifest().getBytes(UTF_8);
      if (!Sha256.of(bytes).equals(original.manifestSha256())) {
        return problem(line, "holds a manifest that has not the SHA-256 it names");
      }
      Manifest manifest;
      try {
        manifest = Manifest.parse("the manifest in it", bytes);
      } catch (IOException e) {
        return problem(line, e.getMessage());
      }
      String id = manifest.start().captureId();
      if (!id.equals(original.captureId()) || !ids.add(id)) {
        return problem(line, "holds the manifest of another capture, or one a second time");
      }
      Set<String> segments = new HashSet<>();
      for (CompactionEntry.Part part : original.parts()) {
        String wrong = wrong(manifest, part);
        if (wrong == null && !segments.add(part.segment())) {
          wrong = "names " + part.segment() + " a second time";
        }
        if (wrong != null) {
          return problem(line, wrong);
        }
      }
      originals.add(
          new Original(
              original.name(), original.manifestSha256(), manifest, List.copyOf(original.parts())));
      return true;
    }

    private String wrong(Manifest manifest, CompactionEntry.Part part) {
      if (part == null || part.rowsSha256() == null) {
        return "lacks a part or its hash";
      }
      ManifestEntry.Segment segment =
          manifest.segments().stream()
              .filter(one -> one.file().equals(part.segment()))
              .findFirst()
              .orElse(null);
      CompactionEntry.Parquet file = files.get(part.file());
      if (segment == null || file == null || !file.table().equals(segment.table())) {
        return "puts a segment where there is none: " + part.segment();
      }
      if (part.rows() != segment.rows()) {
        return part.segment()
            + " has "
            + part.rows()
            + " rows, its manifest says "
            + segment.rows();
      }
      // A part that two segments claim would be read twice.
      return part.part() < 0
              || part.part() >= file.parts()
              || !claimed.get(part.file()).add(part.part())
          ? "names part " + part.part() + " of " + part.file() + ", which is not its own"
          : null;
    }

    private boolean placeEnd(int line, CompactionEntry.End last) {
      long rows = 0;
      for (CompactionEntry.Parquet file : files.values()) {
        rows += file.rows();
      }
      boolean everyPart =
          files.values().stream().allMatch(file -> claimed.get(file.file()).size() == file.parts());
      if (last.files() != files.size()
          || last.originals() != originals.size()
          || last.leftOut() != leftOut.size()
          || last.rows() != rows
          || !everyPart) {
        return problem(line, "does not count what the lines before it say");
      }
      end = last;
      return true;
    }
  }
}
