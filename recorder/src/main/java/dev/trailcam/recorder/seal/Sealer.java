// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.LossColumn;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.EventCount;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.files.FileFacts;
import dev.trailcam.recorder.seal.SpoolIndex.Place;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolReader;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.MalformedRecordException;
import dev.trailcam.recorder.wire.RingRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

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
  private final EventRows rows;
  private final FileRows fileRows;
  private final Ledger ledger = new Ledger();
  private final Set<String> sealed = new HashSet<>();
  private final List<Segment> segments = new ArrayList<>();

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
    Stamp stamp = new Stamp(start, clocks);
    this.rows = new EventRows(stamp, images);
    this.fileRows = new FileRows(stamp);
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
    return ledger.rows(Table.EXECS);
  }

  /**
   * The books of everything but executions.
   *
   * @param seen what the kernel program counted, null where that is not known
   */
  public Map<String, EventCount> events(Function<EventKind, Long> seen) {
    Map<String, EventCount> books = new TreeMap<>();
    for (EventKind kind : EventKind.values()) {
      if (kind != EventKind.EXEC) {
        long recorded = ledger.rows(kind.table());
        Long counted = seen.apply(kind);
        // What is neither recorded nor known to be lost is lost all the same.
        long lost =
            counted == null
                ? ledger.lost(kind) + Math.max(0, ledger.missing(kind, 0, 0))
                : counted - recorded;
        books.put(kind.table().filePrefix(), new EventCount(counted, recorded, lost));
      }
    }
    // Nobody but the recorder counts these: a file may be looked into more than once.
    books.put(Table.FILES.filePrefix(), new EventCount(null, ledger.rows(Table.FILES), 0));
    return books;
  }

  /** What this sealer has sealed, in that order. */
  public List<Segment> segments() {
    return List.copyOf(segments);
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
      // After a crash between the tables, some of them are sealed already.
      List<Place> executions = unsealed(index, EventKind.EXEC, number);
      List<SequenceRange> ranges = ledger.ranges(executions);
      List<LossFrame> losses =
          isSealed(Table.LOSSES, number) ? List.of() : withDamage(index, ranges, number, last);
      Spool spool = new Spool(number, spoolFile, reader);
      if (!losses.isEmpty()) {
        sealLosses(spool, losses);
      }
      for (EventKind kind : EventKind.values()) {
        if (kind != EventKind.EXEC) {
          sealEvents(spool, kind, unsealed(index, kind, number), List.of());
        }
      }
      sealFiles(spool, index.files());
      sealEvents(spool, EventKind.EXEC, executions, ranges);
      result = new SealedSpool(executions.size(), executionsLost(losses), index.end());
    }
    SegmentFiles.delete(spoolFile);
    checkpoint.passed(spoolFile.getFileName() + " removed");
    return result;
  }

  /** The spool file that is being sealed. */
  private record Spool(int number, Path file, SpoolReader reader) {
    ByteBuffer payload(Place place) throws IOException {
      return reader.read(place.at(), place.bytes());
    }
  }

  private boolean isSealed(Table table, int number) {
    return sealed.contains(CaptureLayout.segmentName(table, number));
  }

  private List<Place> unsealed(SpoolIndex index, EventKind kind, int number) {
    return isSealed(kind.table(), number) ? List.of() : index.events(kind);
  }

  /**
   * The losses of a spool file, and what its damage makes of it.
   *
   * @param number of the file
   * @param last whether nothing comes after it
   */
  private List<LossFrame> withDamage(
      SpoolIndex index, List<SequenceRange> ranges, int number, boolean last) {
    List<LossFrame> losses = new ArrayList<>(index.losses());
    // What is behind a bad frame cannot be counted, but it is no less than one.
    long damaged = index.malformed() + (index.end().bytesAfter() > 0 ? 1 : 0);
    if (last) {
      damaged = Math.max(damaged, ledger.missing(ranges, executionsLost(losses)));
    }
    addDamage(losses, index, EventKind.EXEC, damaged);
    for (EventKind kind : EventKind.values()) {
      if (last && kind != EventKind.EXEC) {
        long rows = unsealed(index, kind, number).size();
        long known = count(losses, kind);
        addDamage(losses, index, kind, ledger.missing(kind, rows, known));
      }
    }
    return losses;
  }

  private void addDamage(List<LossFrame> losses, SpoolIndex index, EventKind kind, long count) {
    if (count > 0) {
      List<Place> executions = index.events(EventKind.EXEC);
      long from =
          executions.isEmpty()
              ? Math.min(start.clock().bootNs(), clocks.last().bootNs())
              : executions.get(0).bootNs();
      long to = Math.max(from, clocks.last().bootNs());
      losses.add(new LossFrame(from, to, NO_CPU, kind, LossCause.SPOOL_DAMAGED, count));
    }
  }

  private void sealLosses(Spool spool, List<LossFrame> losses) throws IOException {
    SegmentFiles.Finished file =
        files.add(
            Table.LOSSES,
            spool.number(),
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
        losses,
        spool.file());
  }

  private void sealEvents(
      Spool spool, EventKind kind, List<Place> places, List<SequenceRange> ranges)
      throws IOException {
    if (places.isEmpty()) {
      return;
    }
    SegmentFiles.Finished file =
        files.add(
            kind.table(),
            spool.number(),
            writer -> {
              for (Place place : places) {
                writer.write(rows.of(reread(() -> RingRecord.of(spool.payload(place)))));
              }
            });
    append(
        kind.table(),
        file,
        places.get(0).bootNs(),
        places.get(places.size() - 1).bootNs(),
        ranges,
        List.of(),
        spool.file());
  }

  private void sealFiles(Spool spool, List<Place> places) throws IOException {
    if (places.isEmpty() || isSealed(Table.FILES, spool.number())) {
      return;
    }
    SegmentFiles.Finished file =
        files.add(
            Table.FILES,
            spool.number(),
            writer -> {
              for (Place place : places) {
                writer.write(fileRows.of(reread(() -> FileFacts.decode(spool.payload(place)))));
              }
            });
    append(Table.FILES, file, 0, 0, List.of(), List.of(), spool.file());
  }

  /** Decodes what was good before. */
  private interface Decoding<T> {
    T decode() throws IOException, MalformedRecordException;
  }

  private static <T> T reread(Decoding<T> decoding) throws IOException {
    try {
      return decoding.decode();
    } catch (MalformedRecordException e) {
      throw new IOException("the spool has changed while it was read", e);
    }
  }

  private Row lossRow(LossFrame loss) {
    Row row = new Row(Table.LOSSES);
    row.set(LossColumn.CAPTURE_ID, start.captureId());
    row.set(LossColumn.CPU, loss.cpu());
    row.set(LossColumn.EVENT, loss.kind().table().sqlName());
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
      List<LossFrame> losses,
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
            executionsLost(losses),
            losses.isEmpty() ? null : otherEventsLost(losses),
            spoolFile.getFileName().toString(),
            clocks.last(),
            null);
    manifest.append(segment);
    segments.add(segment);
    ledger.add(segment);
    sealed.add(file.name());
    checkpoint.passed(file.name() + " acknowledged");
  }

  private static long count(List<LossFrame> losses, EventKind kind) {
    return losses.stream().filter(loss -> loss.kind() == kind).mapToLong(LossFrame::count).sum();
  }

  private static Map<String, Long> executionsLost(List<LossFrame> losses) {
    Map<String, Long> counts = new TreeMap<>();
    for (LossFrame loss : losses) {
      if (loss.kind() == EventKind.EXEC) {
        counts.merge(loss.cause().id(), loss.count(), Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> otherEventsLost(List<LossFrame> losses) {
    Map<String, Long> counts = new TreeMap<>();
    for (LossFrame loss : losses) {
      if (loss.kind() != EventKind.EXEC) {
        counts.merge(loss.kind().table().filePrefix(), loss.count(), Long::sum);
      }
    }
    return counts;
  }
}
