// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.PartDigests;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.engine.RowDigest;
import dev.trailcam.analyzer.engine.SegmentRows;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionAppender;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes captures of a period into one directory, and touches none of them. */
public final class Compactor {
  private static final long MAX_ROWS = 1_000_000;
  private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int HASH_DIGITS = 16;

  private final String tool;
  private final EngineOptions options;
  private final Progress progress;

  /**
   * A compactor that has not begun.
   *
   * @param tool name and version of this program
   */
  public Compactor(String tool, EngineOptions options, Progress progress) {
    this.tool = tool;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Writes a directory for each period in which a capture began. What of the set is compacted
   * already, or is in the output already, is not taken again.
   *
   * @param set what was found and checked
   * @param output where the directories appear, each as a whole
   * @throws IOException if something cannot be written or is in the way; what is finished by then
   *     stays
   */
  public CompactionResult run(CaptureSet set, Path output, Period period) throws IOException {
    if (!Files.isDirectory(output)) {
      Files.createDirectory(
          output,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<String> done =
        Stream.concat(
                set.captures().stream(),
                CaptureSet.open(List.of(output), name -> {}).captures().stream())
            .filter(Compactor::compacted)
            .map(capture -> capture.manifest().headHash())
            .collect(Collectors.toSet());
    List<Capture> fresh =
        set.captures().stream()
            .filter(capture -> !done.contains(capture.manifest().headHash()))
            .toList();
    try (SegmentRows rows = SegmentRows.open(options)) {
      Originals originals = new Originals(rows, progress);
      originals.sort(fresh);
      List<Rejection> rejections = new ArrayList<>(originals.rejections());
      set.problems().stream()
          .filter(problem -> !ofCompaction(problem))
          .map(problem -> new Rejection(Optional.empty(), List.of(problem)))
          .forEach(rejections::add);
      List<CompactionResult.Written> written = new ArrayList<>();
      for (Batch batch : Batch.of(period, originals.taken(), rejections)) {
        written.add(write(rows, batch, output));
      }
      return new CompactionResult(written, set.captures().size() - fresh.size(), rejections);
    }
  }

  /** What another compaction says of itself; it holds no original that is lost with it. */
  private static boolean ofCompaction(EvidenceProblem problem) {
    return problem.kind() == EvidenceProblem.Kind.LEFT_OUT
        || (problem.kind() == EvidenceProblem.Kind.UNFINISHED
            && problem.path().endsWith(CompactionLayout.JOURNAL));
  }

  /** Whether a capture is one of a compaction, and nothing of it is missing there. */
  private static boolean compacted(Capture capture) {
    return !capture.segments().isEmpty()
        && capture.segments().stream().allMatch(segment -> segment.part().isPresent())
        && capture.segments().size()
            == capture.manifest().segments().size() - capture.manifest().expired().size();
  }

  private CompactionResult.Written write(SegmentRows rows, Batch batch, Path output)
      throws IOException {
    Workplace place = Workplace.create(output, batch.directoryName());
    List<FileSplit> files = FileSplit.of(batch.captures(), MAX_ROWS);
    Map<Segment, CompactionEntry.Part> parts = new HashMap<>();
    long allRows = 0;
    long bytes = 0;
    String headHash;
    try (CompactionAppender journal =
        CompactionAppender.create(
            place.path(),
            new CompactionEntry.Start(
                Compaction.FORMAT_VERSION,
                tool,
                rows.engine(),
                batch.period().id(),
                batch.firstDay().toString(),
                null))) {
      for (FileSplit file : files) {
        progress.at("writing " + batch.directoryName() + "/" + file.name(), parts.size(), 0);
        CompactionEntry.Parquet line = write(rows, place, file, parts);
        journal.append(line);
        allRows += line.rows();
        bytes += line.bytes();
      }
      for (Capture capture : batch.captures()) {
        journal.append(original(capture, parts));
      }
      for (CompactionEntry.LeftOut one : batch.leftOut()) {
        journal.append(one);
      }
      journal.append(
          new CompactionEntry.End(
              files.size(), batch.captures().size(), batch.leftOut().size(), allRows, null));
      headHash = journal.headHash();
    }
    Path path = place.finish();
    bytes += Files.size(path.resolve(CompactionLayout.JOURNAL));
    long originalBytes = 0;
    for (Capture capture : batch.captures()) {
      originalBytes += Files.size(Path.of(capture.path(), CaptureLayout.MANIFEST));
      originalBytes +=
          capture.segments().stream().mapToLong(segment -> segment.entry().bytes()).sum();
    }
    return new CompactionResult.Written(
        path,
        batch.period(),
        batch.firstDay(),
        batch.captures().size(),
        allRows,
        originalBytes,
        bytes,
        headHash);
  }

  private static CompactionEntry.Parquet write(
      SegmentRows rows, Workplace place, FileSplit file, Map<Segment, CompactionEntry.Part> parts)
      throws IOException {
    Path temporary = place.temporary(file.name());
    rows.write(file.segments(), temporary);
    PartDigests read =
        rows.digests(
            file.table(),
            temporary,
            file.segments().stream().map(segment -> segment.entry().rows()).toList());
    if (read.foreign() != 0 || !rows.same(file.segments(), temporary, 0)) {
      throw new IOException(
          temporary + " does not hold what was written to it; look at the disk and try again");
    }
    long count = 0;
    for (int i = 0; i < file.segments().size(); i++) {
      Segment segment = file.segments().get(i);
      RowDigest digest = read.parts().get(i);
      parts.put(
          segment,
          new CompactionEntry.Part(
              segment.entry().file(), file.name(), i, digest.rows(), digest.sha256()));
      count += digest.rows();
    }
    Path kept = place.keep(temporary, file.name());
    try (var in = Files.newInputStream(kept)) {
      return new CompactionEntry.Parquet(
          file.table().filePrefix(),
          file.name(),
          Files.size(kept),
          Sha256.of(in),
          count,
          file.segments().size(),
          null);
    }
  }

  private static CompactionEntry.Original original(
      Capture capture, Map<Segment, CompactionEntry.Part> parts) throws IOException {
    String manifest = Originals.manifestText(capture);
    return new CompactionEntry.Original(
        capture.id(),
        name(capture),
        Sha256.of(manifest),
        manifest,
        capture.segments().stream().map(parts::get).toList(),
        null);
  }

  /** A name that depends on the capture alone, not on what somebody called its directory. */
  private static String name(Capture capture) {
    var start = capture.manifest().start();
    String id = start.captureId();
    return CaptureLayout.directoryName(
        start.host(),
        Instant.ofEpochSecond(0, start.clock().realNs()),
        PLAIN_ID.matcher(id).matches() ? id : Sha256.of(id).substring(0, HASH_DIGITS));
  }
}
