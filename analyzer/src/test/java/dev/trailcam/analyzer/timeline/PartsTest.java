// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.findings.LossWindow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final long LENGTH = 1_000_000_000L;
  private static final EventKind[] KINDS = EventKind.values();

  /** Whatever there is room for, every event is in one part, and no part is where it is not. */
  @Test
  void countsAddUp() {
    Random random = new Random(20261122);
    for (int round = 0; round < 500; round++) {
      Parts parts = new Parts(LENGTH);
      Map<EventKind, Long> all = new EnumMap<>(EventKind.class);
      List<Long> times = new ArrayList<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        EventKind kind = KINDS[random.nextInt(KINDS.length)];
        long ts = time(random);
        times.add(ts);
        parts.add(new TimelineEvent.Mark(kind, ts, "c", null, Optional.empty()));
        all.merge(kind, 1L, Long::sum);
      }
      int limit = 1 + random.nextInt(20);
      List<LossWindow> windows = windows(random);
      List<Part> list = parts.list(limit, Map.of(), windows);
      assertTrue(list.size() <= limit);
      Map<EventKind, Long> counted = new EnumMap<>(EventKind.class);
      list.forEach(
          part -> part.events().forEach((kind, count) -> counted.merge(kind, count, Long::sum)));
      assertEquals(all, counted);
      assertEquals(
          times.stream().map(ts -> Math.floorDiv(ts, LENGTH)).distinct().count(),
          list.stream().mapToLong(Part::parts).sum());
      for (Part part : list) {
        long within = times.stream().filter(ts -> ts >= part.fromNs() && ts < part.toNs()).count();
        assertEquals(within, part.count());
        assertEquals(
            windows.stream()
                .noneMatch(
                    window ->
                        window.fromNs().orElse(Long.MIN_VALUE) < part.toNs()
                            && window.toNs().orElse(Long.MAX_VALUE) >= part.fromNs()),
            part.evidenceWhole(),
            () -> part + " " + windows);
      }
    }
  }

  private static long time(Random random) {
    return (random.nextInt(80) - 40) * LENGTH / 2;
  }

  private static List<LossWindow> windows(Random random) {
    List<LossWindow> windows = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      long from = time(random);
      windows.add(
          new LossWindow(
              "c",
              "c",
              random.nextInt(5) == 0 ? OptionalLong.empty() : OptionalLong.of(from),
              random.nextInt(5) == 0
                  ? OptionalLong.empty()
                  : OptionalLong.of(from + random.nextInt(4) * LENGTH),
              new TreeMap<>(),
              true,
              new TreeSet<>()));
    }
    return windows;
  }

  @Test
  void length_isTheShortestThatMakesFewParts() {
    assertEquals(PartLength.MIN_NS, PartLength.fitting(0, 0, 40));
    assertEquals(LENGTH, PartLength.fitting(0, 40 * LENGTH - 1, 40));
    assertEquals(2 * LENGTH, PartLength.fitting(0, 40 * LENGTH, 40));
    assertEquals(2 * LENGTH, PartLength.fitting(-1, 40 * LENGTH - 1, 40));
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      long a = random.nextLong();
      long b = random.nextLong();
      long from = Math.min(a, b);
      long to = Math.max(a, b);
      long length = PartLength.fitting(from, to, 40);
      assertTrue(Math.floorDiv(to, length) - Math.floorDiv(from, length) < 40);
    }
    assertTrue(PartLength.fitting(Long.MIN_VALUE, Long.MAX_VALUE, 40) > 0);
  }

  @Test
  void nearest_keepsWhatIsCloseAndTheOrder() {
    List<TimelineEvent> events = new ArrayList<>();
    for (long ts : new long[] {Long.MAX_VALUE, 5, 1, 9, 7, Long.MIN_VALUE}) {
      events.add(new TimelineEvent.Mark(EventKind.EXIT, ts, "c", null, Optional.empty()));
    }
    assertEquals(List.of(5L, 7L, 9L), times(Nearest.of(events, OptionalLong.of(7), 3)));
    assertEquals(List.of(Long.MIN_VALUE, 1L), times(Nearest.of(events, OptionalLong.empty(), 2)));
    assertEquals(6, Nearest.of(events, OptionalLong.of(7), 6).size());
  }

  private static List<Long> times(List<TimelineEvent> events) {
    return events.stream().map(TimelineEvent::tsNs).toList();
  }
}
