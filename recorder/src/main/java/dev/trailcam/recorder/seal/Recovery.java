// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.segment.SegmentReader;
import dev.trailcam.recorder.wire.RingRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the capture of a recorder that died to an end: seals its spool files up to their first bad
 * frame and counts what is missing. A crash on the way is just another crash: recover again.
 */
public final class Recovery {
  /** How far back executions are read again to know what the parents of the last ones ran. */
  private static final long REMEMBERED_ROWS = 500_000;

  private final Path capture;
  private final SegmentFiles.Checkpoint checkpoint;

  /**
   * A recovery of one capture.
   *
   * @param capture the directory that holds its manifest
   */
  public Recovery(Path capture) {
    this(capture, step -> {});
  }

  Recovery(Path capture, SegmentFiles.Checkpoint checkpoint) {
    this.capture = capture;
    this.checkpoint = checkpoint;
  }

  /**
   * Recovers the capture unless its recording has ended.
   *
   * @throws IOException if something cannot be read or written, the disk is full or the like
   */
  public RecoveryOutcome run() throws IOException {
    if (!isFile(capture.resolve(CaptureLayout.MANIFEST))) {
      return new RecoveryOutcome.Refused("it has no " + CaptureLayout.MANIFEST);
    }
    if (Files.isSymbolicLink(capture.resolve(CaptureLayout.SPOOL))) {
      return new RecoveryOutcome.Refused("its spool is a link to somewhere else");
    }
    Manifest manifest;
    try {
      manifest = Manifest.read(capture.resolve(CaptureLayout.MANIFEST));
    } catch (IOException e) {
      return new RecoveryOutcome.Refused(e.getMessage());
    }
    if (manifest.end().isPresent()) {
      return new RecoveryOutcome.Ended(manifest.end().get().reason());
    }
    ManifestAppender appender;
    try {
      appender = ManifestAppender.resume(capture, manifest);
    } catch (IOException e) {
      return new RecoveryOutcome.Refused(e.getMessage());
    }
    try (appender) {
      return recover(manifest, appender);
    }
  }

  private RecoveryOutcome recover(Manifest manifest, ManifestAppender appender) throws IOException {
    List<Path> spoolFiles = files(capture.resolve(CaptureLayout.SPOOL), CaptureLayout::isSpoolName);
    removeUnfinished(manifest, spoolFiles);
    Sealer sealer = new Sealer(capture, manifest.start(), appender, checkpoint);
    sealer.resume(manifest.segments());
    if (!spoolFiles.isEmpty()) {
      remember(manifest.segments(), sealer.images());
    }
    long rescued = 0;
    long unreadable = 0;
    for (Path spoolFile : spoolFiles) {
      boolean last = spoolFile.equals(spoolFiles.get(spoolFiles.size() - 1));
      SealedSpool sealed = sealer.seal(spoolFile, last);
      rescued += sealed.rows();
      unreadable += sealed.end().bytesAfter();
    }
    Map<String, Long> losses = new TreeMap<>(sealer.totalLosses());
    if (sealer.missing() > 0) {
      losses.merge(LossCause.SPOOL_DAMAGED.id(), sealer.missing(), Long::sum);
    }
    appender.append(
        new ManifestEntry.End(
            EndReason.RECOVERED.id(),
            null,
            null,
            sealer.totalRows(),
            losses,
            sealer.events(kind -> null),
            sealer.lastClock(),
            null));
    return new RecoveryOutcome.Recovered(sealer.totalRows(), rescued, unreadable, losses);
  }

  /**
   * Removes what a crash left half done and what is made again from its spool file. A segment that
   * no line names and that has no spool file is not ours to remove.
   */
  private void removeUnfinished(Manifest manifest, List<Path> spoolFiles) throws IOException {
    Set<String> acknowledged =
        manifest.segments().stream().map(Segment::file).collect(Collectors.toSet());
    for (Path spoolFile : spoolFiles) {
      int number = CaptureLayout.spoolNumber(spoolFile.getFileName().toString());
      for (Table table : Table.values()) {
        String name = CaptureLayout.segmentName(table, number);
        if (!acknowledged.contains(name)) {
          SegmentFiles.delete(capture.resolve(name));
        }
      }
    }
    for (Path unfinished : files(capture, Recovery::isTemporary)) {
      SegmentFiles.delete(unfinished);
    }
    checkpoint.passed("unfinished files removed");
  }

  private static boolean isTemporary(String name) {
    return name.endsWith(CaptureLayout.TEMPORARY_SUFFIX)
        && CaptureLayout.isSegmentName(
            name.substring(0, name.length() - CaptureLayout.TEMPORARY_SUFFIX.length()));
  }

  /** Parents of what is in the spool may be in segments: reads the last of them again. */
  private void remember(List<Segment> segments, ImageTable images) {
    List<Path> files = new ArrayList<>();
    long rows = 0;
    for (int i = segments.size() - 1; i >= 0 && rows < REMEMBERED_ROWS; i--) {
      Path file = capture.resolve(segments.get(i).file());
      if (segments.get(i).table().equals(Table.EXECS.filePrefix()) && isFile(file)) {
        files.add(0, file);
        rows += segments.get(i).rows();
      }
    }
    for (Path file : files) {
      remember(file, images);
    }
  }

  private static void remember(Path file, ImageTable images) {
    try (SegmentReader reader = SegmentReader.open(file, Table.EXECS)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        remember(row, images);
      }
    } catch (IOException e) {
      // What is sealed is not ours to judge: what it would tell only stays unknown.
    }
  }

  @SuppressWarnings("unchecked") // a column of texts
  private static void remember(Row row, ImageTable images) {
    images.put(
        RingRecord.image((Integer) row.get(ExecColumn.CPU), (Long) row.get(ExecColumn.SEQ)),
        new Program((byte[]) row.get(ExecColumn.EXE), (List<byte[]>) row.get(ExecColumn.ARGV)));
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Regular files of a directory, by name; links and the like are none. */
  private static List<Path> files(Path directory, Predicate<String> name) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> name.test(path.getFileName().toString()) && isFile(path))
          .sorted()
          .toList();
    }
  }
}
