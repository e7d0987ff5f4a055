// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.activity.Amount;
import dev.trailcam.analyzer.activity.Density;
import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityQueryTest {
  private static final OptionalLong EVER = OptionalLong.empty();
  private static final int ALL = 1_000;

  @TempDir Path temp;

  /** Keeps everything it is told as a line. */
  private static final class Listener implements ActivityVisitor {
    private final List<String> heard = new ArrayList<>();
    private final List<Executed> executions = new ArrayList<>();
    private Density density = Density.NONE;

    @Override
    public void executions(Amount amount, Density density) {
      heard.add("executions " + amount.told() + "/" + amount.total());
      this.density = density;
    }

    @Override
    public void events(OtherEvent.Kind kind, Amount amount) {
      heard.add(kind.id() + " " + amount.told() + "/" + amount.total());
    }

    @Override
    public void visit(Executed execution) {
      executions.add(execution);
      heard.add(execution.pid() + " " + String.join(" ", execution.argv()));
    }

    @Override
    public void visit(OtherEvent event) {
      heard.add(
          String.join(
              " ",
              event.kind().id(),
              "" + event.pid(),
              event.comm(),
              "" + event.text(),
              "" + event.number(),
              "" + event.signal()));
    }
  }

  @Test
  void amountsComeFirst_thenEachKindInOrder() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/a", "a")
            .exec("/bin/b", "b")
            .event(Table.EXITS, event("exit_code", 3))
            .event(Table.EXITS, event("signal", 9))
            .event(Table.FAILED_EXECS, Map.of("comm", "sh", "filename", "/bin/no", "errno", 2))
            .event(Table.RAW_SOCKETS, Map.of("comm", "sh", "action", "bind", "errno", 0))
            .write();
    Listener listener = tell(EVER, EVER, List.of(), ALL, capture);
    assertEquals(
        List.of(
            "executions 2/2",
            "exit 2/2",
            "failed 1/1",
            "socket 1/1",
            "100 a",
            "101 b",
            "exit 101 sh null 3 null",
            "exit 101 sh null null 9",
            "failed 101 sh /bin/no 2 null",
            "socket 101 sh bind 0 null"),
        listener.heard);
    Executed first = listener.executions.get(0);
    assertEquals(CaptureFixture.execId(0), first.execId());
    assertEquals(
        CaptureFixture.BOOT_ID + ":100:" + CaptureFixture.startBootNs(0), first.processId());
    assertEquals(2_000_000_000L + CaptureFixture.OFFSET_NS, first.tsNs());
  }

  private static Map<String, Object> event(String column, int value) {
    return Map.of("comm", "sh", column, value);
  }

  @Test
  void ofTooMany_thoseNearestToAMomentAreTold_andAllAreCounted() {
    Listener listener = tell(EVER, EVER, List.of(ns(60), ns(20)), 6, hundred());
    assertEquals("executions 6/100", listener.heard.get(0));
    assertEquals(
        List.of("19", "20", "21", "59", "60", "61"),
        listener.executions.stream().map(one -> one.argv().get(0)).toList());
    assertEquals(100, listener.density.parts().stream().mapToLong(Density.Part::executions).sum());
  }

  @Test
  void ofTooMany_withoutMoments_theEarliestAreTold() {
    Listener listener = tell(EVER, EVER, List.of(), 2, hundred());
    assertEquals(
        List.of("0", "1"), listener.executions.stream().map(one -> one.argv().get(0)).toList());
  }

  @Test
  void timeIsFromInclusiveToExclusive() {
    Listener listener =
        tell(OptionalLong.of(ns(10)), OptionalLong.of(ns(12)), List.of(), ALL, hundred());
    assertEquals(
        List.of("10", "11"), listener.executions.stream().map(one -> one.argv().get(0)).toList());
  }

  /** Whoever writes clocks that cannot be does not stop it. */
  @Test
  void clocksThatNobodyCanHaveRead_areClamped() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec(clock("early", Long.MIN_VALUE, 1))
            .exec(clock("middle", 0, 2))
            .exec(clock("late", Long.MAX_VALUE, 3))
            .write();
    Listener listener = tell(EVER, EVER, List.of(Long.MIN_VALUE + 1, 0L), 2, capture);
    assertEquals(
        List.of("early", "middle"),
        listener.executions.stream().map(one -> one.argv().get(0)).toList());
    assertEquals(3, listener.density.parts().stream().mapToLong(Density.Part::executions).sum());
  }

  private static Map<String, Object> clock(String name, long offset, long bootNs) {
    return Map.of(
        "exe",
        "/bin/" + name,
        "argv",
        List.of(name),
        "clock_offset_ns",
        offset,
        "boot_ns",
        bootNs,
        "start_boot_ns",
        0L);
  }

  /** Two captures of one boot may hold the same executions; what contradicts itself is told. */
  @Test
  void rowsOfTwoCaptures_areToldOnce() {
    Path one = CaptureFixture.at(temp.resolve("one")).exec("/bin/a", "a").exec("/bin/b").write();
    Path two =
        CaptureFixture.at(temp.resolve("two")).exec("/bin/a", "a").exec("/bin/forged").write();
    Listener listener = tell(EVER, EVER, List.of(), ALL, one, two);
    assertEquals("executions 3/3", listener.heard.get(0));
  }

  @Test
  void argumentsThatAreLong_areCutAndNotCalledWhole() {
    String[] many = new String[150];
    Arrays.fill(many, "x");
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/many", many)
            .exec("/bin/long", "y".repeat(3_000))
            .exec("/bin/plain", "z")
            .write();
    List<Executed> executions = tell(EVER, EVER, List.of(), ALL, capture).executions;
    assertEquals(100, executions.get(0).argv().size());
    assertFalse(executions.get(0).argvWhole());
    assertEquals(2_000, executions.get(1).argv().get(0).length());
    assertFalse(executions.get(1).argvWhole());
    assertEquals(List.of("z"), executions.get(2).argv());
    assertTrue(executions.get(2).argvWhole());
  }

  @Test
  void fileThatIsMalformed_isAProblemOfItsCapture() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls")
            .event(Table.EXITS, Map.of("capture_id", "another"))
            .write();
    List<Capture> captures =
        engine()
            .activity(
                CaptureSet.open(List.of(capture), name -> {}),
                new ActivityScope(EVER, EVER, List.of(), ALL),
                new Listener());
    assertEquals(1, captures.get(0).problems().size());
  }

  private Path hundred() {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("hundred"));
    for (int i = 0; i < 100; i++) {
      fixture.exec("/bin/program", "" + i);
    }
    return fixture.write();
  }

  /** When the n-th execution was. */
  private static long ns(int n) {
    return CaptureFixture.startBootNs(n) + 500_000 + CaptureFixture.OFFSET_NS;
  }

  private static Listener tell(
      OptionalLong from, OptionalLong to, List<Long> moments, int limit, Path... captures) {
    Listener listener = new Listener();
    engine()
        .activity(
            CaptureSet.open(List.of(captures), name -> {}),
            new ActivityScope(from, to, moments, limit),
            listener);
    return listener;
  }

  private static Engine engine() {
    return new Engine("test", EngineOptions.DEFAULT, Progress.NONE);
  }
}
