// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.recorder.files.FileFacts;
import dev.trailcam.recorder.spool.ClockFrame;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolEnd;
import dev.trailcam.recorder.spool.SpoolReader;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.MalformedRecordException;
import dev.trailcam.recorder.wire.RingRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass over a spool file: where its events are, and everything else it holds. Events stay in
 * the file, which may be much larger than memory.
 */
final class SpoolIndex {
  private static final Comparator<Place> BY_TIME =
      Comparator.comparingLong(Place::bootNs)
          .thenComparingLong(Place::image)
          .thenComparingLong(Place::at);

  private final Set<Long> seen = new HashSet<>();
  private final Map<EventKind, List<Place>> events = new EnumMap<>(EventKind.class);
  private final List<Place> files = new ArrayList<>();
  private final List<LossFrame> losses = new ArrayList<>();
  private final List<CountersFrame> counters = new ArrayList<>();
  private long malformed;
  private SpoolEnd end;

  private SpoolIndex() {
    for (EventKind kind : EventKind.values()) {
      events.put(kind, new ArrayList<>());
    }
  }

  /**
   * Where a record is.
   *
   * @param image orders executions of the same moment by processor and number
   * @param at of its payload in the file
   */
  record Place(long bootNs, long image, long at, int bytes) {
    int cpu() {
      return RingRecord.imageCpu(image);
    }

    long sequence() {
      return RingRecord.imageSequence(image);
    }
  }

  /**
   * Reads a spool file to its end or first bad frame.
   *
   * @param captureId capture it must belong to; nothing of a foreign file is read
   * @param images learns the programs of the processes that were alive when recording began
   */
  static SpoolIndex of(SpoolReader reader, String captureId, ImageTable images, ClockTrack clocks)
      throws IOException {
    SpoolIndex index = new SpoolIndex();
    boolean foreign =
        reader.header().map(header -> !header.captureId().equals(captureId)).orElse(false);
    while (!foreign && reader.next()) {
      try {
        index.accept(reader, images, clocks);
      } catch (MalformedRecordException e) {
        index.malformed++;
      }
    }
    index.end =
        foreign
            ? new SpoolEnd(0, 0, reader.header().get().bytes(), SpoolEnd.Reason.BAD_HEADER)
            : reader.end();
    index.events.values().forEach(places -> places.sort(BY_TIME));
    return index;
  }

  private void accept(SpoolReader reader, ImageTable images, ClockTrack clocks)
      throws MalformedRecordException {
    switch (reader.kind()) {
      case EVENT -> acceptEvent(reader, images);
      case LOSS -> losses.add(LossFrame.decode(reader.payload()));
      case CLOCK -> clocks.add(ClockFrame.decode(reader.payload()).reading());
      case COUNTERS -> counters.add(CountersFrame.decode(reader.payload()));
      case FILE -> {
        FileFacts.decode(reader.payload());
        files.add(new Place(0, 0, reader.payloadAt(), reader.payloadBytes()));
      }
    }
  }

  private void acceptEvent(SpoolReader reader, ImageTable images) throws MalformedRecordException {
    RingRecord record = RingRecord.of(reader.payload());
    if (record.kind() == EventKind.PROCESS && record instanceof ExecEvent process) {
      images.put(process.image(), new Program(process.exe(), process.argv()));
    }
    if (!(record instanceof ExecEvent) || seen.add(record.image())) {
      events
          .get(record.kind())
          .add(
              new Place(
                  record.bootNs(), record.image(), reader.payloadAt(), reader.payloadBytes()));
    }
  }

  /** In the order of boot time; executions each once. */
  List<Place> events(EventKind kind) {
    return events.get(kind);
  }

  /** Facts of files, in the order they were gathered. */
  List<Place> files() {
    return files;
  }

  List<LossFrame> losses() {
    return losses;
  }

  List<CountersFrame> counters() {
    return counters;
  }

  /** Frames with good checksums whose content makes no sense. */
  long malformed() {
    return malformed;
  }

  SpoolEnd end() {
    return end;
  }
}
