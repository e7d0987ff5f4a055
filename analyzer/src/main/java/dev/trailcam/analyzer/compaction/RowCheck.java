// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.engine.EngineException;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.PartDigests;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.engine.RowDigest;
import dev.trailcam.analyzer.engine.SegmentRows;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedCapture;
import dev.trailcam.analyzer.evidence.CompactedDirectory;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Proves that compacted captures say what their originals said: that the rows of each part have the
 * hash that was recorded, and, where an original is at hand, that its rows have it too.
 */
public final class RowCheck implements AutoCloseable {
  private final SegmentRows rows;
  private final Progress progress;

  /** Starts an engine; errors are as those of {@link dev.trailcam.analyzer.engine.Engine}. */
  public RowCheck(EngineOptions options, Progress progress) {
    this.rows = SegmentRows.open(options);
    this.progress = progress;
  }

  /** Reads every row of intact files; what does not say what was recorded is in the result. */
  public List<EvidenceProblem> compacted(CompactedDirectory directory) {
    List<EvidenceProblem> problems = new ArrayList<>();
    Map<String, Map<Integer, Recorded>> recorded = recorded(directory);
    for (CompactionEntry.Parquet file : directory.intact()) {
      progress.at("reading " + directory.shown() + "/" + file.file(), 0, 0);
      file(directory, file, recorded.getOrDefault(file.file(), Map.of()), problems);
    }
    return problems;
  }

  private void file(
      CompactedDirectory directory,
      CompactionEntry.Parquet file,
      Map<Integer, Recorded> recorded,
      List<EvidenceProblem> problems) {
    String path = directory.shown() + "/" + file.file();
    // A damaged end of the journal may leave parts of which nothing is known.
    int known = recorded.keySet().stream().mapToInt(part -> part + 1).max().orElse(0);
    List<Long> counts = new ArrayList<>();
    long unknown = file.rows();
    for (int part = 0; part < known; part++) {
      counts.add(recorded.containsKey(part) ? recorded.get(part).part().rows() : 0);
      unknown -= counts.get(part);
    }
    PartDigests read;
    try {
      read = rows.digests(table(file), directory.path().resolve(file.file()), counts);
    } catch (EngineException e) {
      problems.add(new EvidenceProblem(path, Kind.SEGMENT_MALFORMED, e.getMessage()));
      return;
    }
    recorded.forEach(
        (part, one) -> {
          RowDigest found = read.parts().get(part);
          if (!found.equals(new RowDigest(one.part().rows(), one.part().rowsSha256()))) {
            problems.add(
                new EvidenceProblem(
                    one.capture() + "/" + one.part().segment(),
                    Kind.SEGMENT_ALTERED,
                    "is part "
                        + part
                        + " of "
                        + path
                        + ", whose rows are not those that were taken from the original"));
          }
        });
    if (read.foreign() != unknown) {
      problems.add(
          new EvidenceProblem(
              path,
              Kind.SEGMENT_MALFORMED,
              "holds " + read.foreign() + " rows that belong to no capture in it"));
    }
  }

  /** Where something was recorded. */
  private record Recorded(String capture, CompactionEntry.Part part) {}

  private static Map<String, Map<Integer, Recorded>> recorded(CompactedDirectory directory) {
    Map<String, Map<Integer, Recorded>> recorded = new HashMap<>();
    for (Compaction.Original original : directory.compaction().originals()) {
      for (CompactionEntry.Part part : original.parts()) {
        recorded
            .computeIfAbsent(part.file(), file -> new HashMap<>())
            .put(part.part(), new Recorded(directory.shown(original), part));
      }
    }
    return recorded;
  }

  private static Table table(CompactionEntry.Parquet file) {
    return Arrays.stream(Table.values())
        .filter(table -> table.filePrefix().equals(file.table()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Compares with originals that are still there.
   *
   * @param originals what was found; what is wrong with one of them, and was not when it was
   *     compacted, is in the result
   */
  public Comparison originals(List<CompactedDirectory> directories, CaptureSet originals) {
    Map<String, Capture> byId = new HashMap<>();
    for (Capture capture : originals.captures()) {
      byId.put(capture.id(), capture);
    }
    List<EvidenceProblem> problems = new ArrayList<>();
    int compared = 0;
    int gone = 0;
    for (CompactedDirectory directory : directories) {
      SortedMap<String, SortedMap<Integer, Claim>> claims = new TreeMap<>();
      for (Compaction.Original recorded : directory.compaction().originals()) {
        Capture original = byId.get(recorded.manifest().start().captureId());
        if (original == null) {
          gone++;
          continue;
        }
        compared++;
        if (!CompactedCapture.wouldTellAll(original)) {
          problems.addAll(original.problems());
        }
        compare(directory.shown(recorded), recorded, original, claims, problems);
      }
      claims.forEach((file, parts) -> compare(directory, file, parts, problems));
    }
    return new Comparison(compared, gone, problems);
  }

  /** A segment of an original that is there, and what was made of it. */
  private record Claim(String shown, Capture original, Segment segment) {

    EvidenceProblem problem(String wrong) {
      return new EvidenceProblem(
          shown + "/" + segment.entry().file(),
          Kind.SEGMENT_ALTERED,
          wrong + "; the original is " + original.path());
    }
  }

  /** Compares manifests, and gathers which rows are to be compared. */
  private static void compare(
      String shown,
      Compaction.Original recorded,
      Capture original,
      SortedMap<String, SortedMap<Integer, Claim>> claims,
      List<EvidenceProblem> problems) {
    if (!original.manifest().equals(recorded.manifest())) {
      problems.add(
          new EvidenceProblem(
              shown, Kind.DUPLICATE, "has another manifest than " + original.path()));
      return;
    }
    Map<String, CompactionEntry.Part> parts = new HashMap<>();
    recorded.parts().forEach(part -> parts.put(part.segment(), part));
    for (Segment segment : original.segments()) {
      CompactionEntry.Part part = parts.get(segment.entry().file());
      Claim claim = new Claim(shown, original, segment);
      if (part == null) {
        problems.add(claim.problem("was not taken"));
      } else {
        claims.computeIfAbsent(part.file(), file -> new TreeMap<>()).put(part.part(), claim);
      }
    }
  }

  /** A file that is not as it was written is a problem already, and nothing to compare with. */
  private void compare(
      CompactedDirectory directory,
      String file,
      SortedMap<Integer, Claim> claims,
      List<EvidenceProblem> problems) {
    if (directory.intact().stream().noneMatch(one -> one.file().equals(file))) {
      return;
    }
    Path path = directory.path().resolve(file);
    List<Claim> run = new ArrayList<>();
    int first = 0;
    for (Map.Entry<Integer, Claim> claim : claims.entrySet()) {
      boolean continues =
          !run.isEmpty()
              && claim.getKey() == first + run.size()
              && claim.getValue().segment().table() == run.get(0).segment().table();
      if (!continues) {
        compare(path, first, run, problems);
        run.clear();
        first = claim.getKey();
      }
      run.add(claim.getValue());
    }
    compare(path, first, run, problems);
  }

  /** All at once is the fast way; halves of them find out which differ. */
  private void compare(Path file, int first, List<Claim> claims, List<EvidenceProblem> problems) {
    if (claims.isEmpty()) {
      return;
    }
    progress.at("comparing with " + claims.get(0).original().path(), 0, 0);
    String wrong = "is recorded with rows that are not those of the original";
    try {
      if (rows.same(claims.stream().map(Claim::segment).toList(), file, first)) {
        return;
      }
    } catch (EngineException e) {
      wrong = "cannot be compared: " + e.getMessage();
    }
    if (claims.size() == 1) {
      problems.add(claims.get(0).problem(wrong));
      return;
    }
    int half = claims.size() / 2;
    compare(file, first, claims.subList(0, half), problems);
    compare(file, first + half, claims.subList(half, claims.size()), problems);
  }

  /**
   * What a comparison with originals brought.
   *
   * @param compared captures of which the original was there
   * @param gone captures of which it was not; that is no problem
   */
  public record Comparison(int compared, int gone, List<EvidenceProblem> problems) {

    /** Makes the list immutable. */
    public Comparison {
      problems = List.copyOf(problems);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
