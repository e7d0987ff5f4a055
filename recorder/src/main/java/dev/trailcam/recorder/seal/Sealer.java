// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.LossColumn;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.seal.SpoolIndex.Place;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.segment.SegmentWriter;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolReader;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes segments of the spool files of one recording, in the order of their numbers. Segments have
 * the number of their spool file. What a spool file cannot tell any more is counted as {@link
 * LossCause#SPOOL_DAMAGED}. For one thread.
 */
public final class Sealer {
  /** Damage is not counted on any processor. */
  private static final int NO_CPU = -1;

  private final ManifestEntry.Start start;
  private final ManifestAppender manifest;
  private final SegmentFiles files;
  private final SegmentFiles.Checkpoint checkpoint;
  private final ImageTable images = new ImageTable(ImageTable.DEFAULT_WEIGHT);
  private final ClockTrack clocks;
  private final ExecRows rows;
  private final Ledger ledger = new Ledger();
  private final Set<String> sealed = new HashSet<>();

  /**
   * A sealer for a recording that begins.
   *
   * @param captureDir where segments go
   * @param manifest gets a line per segment; stays the caller's to close
   */
  public Sealer(Path captureDir, ManifestEntry.Start start, ManifestAppender manifest) {
    this(captureDir, start, manifest, step -> {});
  }

  Sealer(
      Path captureDir,
      ManifestEntry.Start start,
      ManifestAppender manifest,
      SegmentFiles.Checkpoint checkpoint) {
    this.start = start;
    this.manifest = manifest;
    this.checkpoint = checkpoint;
    this.files = new SegmentFiles(captureDir, start.captureId(), checkpoint);
    this.clocks = new ClockTrack(start.clock());
    this.rows = new ExecRows(start, images, clocks);
  }

  /**
   * Seals a spool file that nobody writes to any more, and removes it.
   *
   * @throws IOException if it cannot be read or the segments cannot be written; then the spool file
   *     is still there
   */
  public SealedSpool seal(Path spoolFile) throws IOException {
    return seal(spoolFile, false);
  }

  /** Executions in all segments. */
  public long totalRows() {
    return ledger.rows();
  }

  /** Executions lost, by {@link LossCause#id()}. */
  public Map<String, Long> totalLosses() {
    return ledger.losses();
  }

  /** Continues after the segments that are sealed already. */
  void resume(List<Segment> segments) {
    for (Segment segment : segments) {
      ledger.add(segment);
      sealed.add(segment.file());
      if (segment.clock() != null) {
        clocks.add(segment.clock());
      }
    }
  }

  /** Executions that must have happened and that neither a row nor a loss accounts for. */
  long missing() {
    return Math.max(0, ledger.missing(List.of(), Map.of()));
  }

  ImageTable images() {
    return images;
  }

  ClockReading lastClock() {
    return clocks.last();
  }

  /**
   * Seals a spool file.
   *
   * @param last whether nothing comes after it: then everything that was counted by the kernel
   *     program and is accounted for nowhere is lost
   */
  SealedSpool seal(Path spoolFile, boolean last) throws IOException {
    int number = CaptureLayout.spoolNumber(spoolFile.getFileName().toString());
    SealedSpool result;
    try (SpoolReader reader = SpoolReader.open(spoolFile)) {
      SpoolIndex index = SpoolIndex.of(reader, start.captureId(), images, clocks);
      index.counters().forEach(ledger::add);
      // After a crash between the two, one of them is sealed already.
      List<Place> executions = isSealed(Table.EXECS, number) ? List.of() : index.executions();
      List<SequenceRange> ranges = ledger.ranges(executions);
      List<LossFrame> losses =
          isSealed(Table.LOSSES, number) ? List.of() : withDamage(index, ranges, last);
      Map<String, Long> byCause = byCause(losses);
      if (!losses.isEmpty()) {
        sealLosses(number, spoolFile, losses, byCause);
      }
      if (!executions.isEmpty()) {
        sealExecutions(number, spoolFile, reader, executions, ranges);
      }
      result = new SealedSpool(executions.size(), byCause, index.end());
    }
    SegmentFiles.delete(spoolFile);
    checkpoint.passed(spoolFile.getFileName() + " removed");
    return result;
  }

  private boolean isSealed(Table table, int number) {
    return sealed.contains(CaptureLayout.segmentName(table, number));
  }

  private List<LossFrame> withDamage(SpoolIndex index, List<SequenceRange> ranges, boolean last) {
    List<LossFrame> losses = new ArrayList<>(index.losses());
    // What is behind a bad frame cannot be counted, but it is no less than one.
    long damaged = index.malformed() + (index.end().bytesAfter() > 0 ? 1 : 0);
    if (last) {
      damaged = Math.max(damaged, ledger.missing(ranges, byCause(losses)));
    }
    if (damaged > 0) {
      long from =
          index.executions().isEmpty()
              ? Math.min(start.clock().bootNs(), clocks.last().bootNs())
              : index.executions().get(0).bootNs();
      long to = Math.max(from, clocks.last().bootNs());
      losses.add(new LossFrame(from, to, NO_CPU, LossCause.SPOOL_DAMAGED, damaged));
    }
    return losses;
  }

  private void sealLosses(
      int number, Path spoolFile, List<LossFrame> losses, Map<String, Long> byCause)
      throws IOException {
    SegmentFiles.Finished file =
        files.add(
            Table.LOSSES,
            number,
            writer -> {
              for (LossFrame loss : losses) {
                writer.write(lossRow(loss));
              }
            });
    append(
        Table.LOSSES,
        file,
        losses.stream().mapToLong(LossFrame::fromBootNs).min().getAsLong(),
        losses.stream().mapToLong(LossFrame::toBootNs).max().getAsLong(),
        List.of(),
        byCause,
        spoolFile);
  }

  private void sealExecutions(
      int number,
      Path spoolFile,
      SpoolReader reader,
      List<Place> places,
      List<SequenceRange> ranges)
      throws IOException {
    SegmentFiles.Finished file =
        files.add(Table.EXECS, number, writer -> writeExecutions(reader, places, writer));
    append(
        Table.EXECS,
        file,
        places.get(0).bootNs(),
        places.get(places.size() - 1).bootNs(),
        ranges,
        Map.of(),
        spoolFile);
  }

  private void writeExecutions(SpoolReader reader, List<Place> places, SegmentWriter writer)
      throws IOException {
    for (Place place : places) {
      try {
        writer.write(rows.of(ExecEvent.of(reader.read(place.at(), place.bytes()))));
      } catch (MalformedRecordException e) {
        throw new IOException("the spool has changed while it was read", e);
      }
    }
  }

  private Row lossRow(LossFrame loss) {
    Row row = new Row(Table.LOSSES);
    row.set(LossColumn.CAPTURE_ID, start.captureId());
    row.set(LossColumn.CPU, loss.cpu());
    row.set(LossColumn.CAUSE, loss.cause().id());
    row.set(LossColumn.COUNT, loss.count());
    row.set(LossColumn.FROM_BOOT_NS, loss.fromBootNs());
    row.set(LossColumn.TO_BOOT_NS, loss.toBootNs());
    row.set(LossColumn.FROM_TS, clocks.micros(loss.fromBootNs()));
    row.set(LossColumn.TO_TS, clocks.micros(loss.toBootNs()));
    return row;
  }

  private void append(
      Table table,
      SegmentFiles.Finished file,
      long firstBootNs,
      long lastBootNs,
      List<SequenceRange> sequences,
      Map<String, Long> losses,
      Path spoolFile)
      throws IOException {
    Segment segment =
        new Segment(
            table.filePrefix(),
            file.name(),
            file.bytes(),
            file.sha256(),
            file.rows(),
            firstBootNs,
            lastBootNs,
            sequences,
            losses, null,
            spoolFile.getFileName().toString(),
            clocks.last(),
            null);
    manifest.append(segment);
    ledger.add(segment);
    sealed.add(file.name());
    checkpoint.passed(file.name() + " acknowledged");
  }

  private static Map<String, Long> byCause(List<LossFrame> losses) {
    Map<String, Long> counts = new TreeMap<>();
    losses.forEach(loss -> counts.merge(loss.cause().id(), loss.count(), Long::sum));
    return counts;
  }
}
