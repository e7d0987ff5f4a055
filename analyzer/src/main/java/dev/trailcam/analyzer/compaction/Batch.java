// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.CompactionEntry.LeftOut;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Captures that go into one directory.
 *
 * @param firstDay first day of the period they began in
 * @param captures by their start
 * @param leftOut of the same period, or of a time that nobody knows
 */
record Batch(Period period, LocalDate firstDay, List<Capture> captures, List<LeftOut> leftOut) {

  private static final Comparator<Capture> ORDER =
      Comparator.comparingLong((Capture capture) -> capture.manifest().start().clock().realNs())
          .thenComparing(Capture::id);

  Batch {
    captures = captures.stream().sorted(ORDER).toList();
    leftOut =
        leftOut.stream()
            .sorted(Comparator.comparing(LeftOut::name).thenComparing(one -> "" + one.why()))
            .toList();
  }

  static LocalDate firstDay(Period period, Capture capture) {
    Instant start = Instant.ofEpochSecond(0, capture.manifest().start().clock().realNs());
    return period.firstDay(start.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** One batch for each period in which a capture that can be taken began. */
  static List<Batch> of(Period period, List<Capture> taken, List<Rejection> rejections) {
    SortedMap<LocalDate, List<Capture>> byDay = new TreeMap<>();
    for (Capture capture : taken) {
      byDay.computeIfAbsent(firstDay(period, capture), day -> new ArrayList<>()).add(capture);
    }
    List<Batch> batches = new ArrayList<>();
    byDay.forEach(
        (day, captures) ->
            batches.add(
                new Batch(
                    period,
                    day,
                    captures,
                    rejections.stream()
                        .filter(one -> one.belongsTo(period, day, byDay.keySet()))
                        .map(Rejection::line)
                        .toList())));
    return batches;
  }

  /** Name of its directory: another batch has another one. */
  String directoryName() {
    StringBuilder content = new StringBuilder(period.id());
    for (Capture capture : captures) {
      content.append('\n').append(capture.manifest().headHash());
    }
    for (LeftOut one : leftOut) {
      content.append('\n').append(one.name()).append('\0').append(one.captureId());
    }
    return CompactionLayout.directoryName(firstDay.toString(), Sha256.of(content.toString()));
  }
}
