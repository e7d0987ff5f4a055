// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.recorder.spool.ClockFrame;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolEnd;
import dev.trailcam.recorder.spool.SpoolReader;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One pass over a spool file: where its executions are, and everything else it holds. Executions
 * stay in the file, which may be much larger than memory.
 */
final class SpoolIndex {
  private static final Comparator<Place> BY_TIME =
      Comparator.comparingLong(Place::bootNs).thenComparingLong(Place::image);

  private final Set<Long> seen = new HashSet<>();
  private final List<Place> executions = new ArrayList<>();
  private final List<LossFrame> losses = new ArrayList<>();
  private final List<CountersFrame> counters = new ArrayList<>();
  private long malformed;
  private SpoolEnd end;

  private SpoolIndex() {}

  /**
   * Where the record of an execution is.
   *
   * @param image orders executions of the same moment by processor and number
   * @param at of its payload in the file
   */
  record Place(long bootNs, long image, int cpu, long sequence, long at, int bytes) {}

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
    index.executions.sort(BY_TIME);
    return index;
  }

  private void accept(SpoolReader reader, ImageTable images, ClockTrack clocks)
      throws MalformedRecordException {
    switch (reader.kind()) {
      case EVENT -> acceptEvent(reader, images);
      case LOSS -> losses.add(LossFrame.decode(reader.payload()));
      case CLOCK -> clocks.add(ClockFrame.decode(reader.payload()).reading());
      case COUNTERS -> counters.add(CountersFrame.decode(reader.payload()));
    }
  }

  private void acceptEvent(SpoolReader reader, ImageTable images) throws MalformedRecordException {
    ExecEvent event = ExecEvent.of(reader.payload());
    if (event.kind() == EventKind.PROCESS) {
      images.put(event.image(), new Program(event.exe(), event.argv()));
    } else if (seen.add(event.image())) {
      executions.add(
          new Place(
              event.bootNs(),
              event.image(),
              event.cpu(),
              event.sequence(),
              reader.payloadAt(),
              reader.payloadBytes()));
    }
  }

  /** In the order of boot time, each once. */
  List<Place> executions() {
    return executions;
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
