// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.recorder.wire.BtfStructs.Struct;
import dev.trailcam.recorder.wire.WireLayout.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Both sides of the wire mean the same: the committed object's own type information against Java.
 */
final class WireLayoutBtfTest {
  private final Map<String, Struct> structs = structs();

  @Test
  void event_isWhatTheKernelProgramWrites() {
    assertSame("tc_event", WireLayout.EVENT_BYTES, WireLayout.event());
  }

  @Test
  void ancestor_isWhatTheKernelProgramWrites() {
    assertSame("tc_ancestor", WireLayout.ANCESTOR_BYTES, WireLayout.ancestor());
  }

  @Test
  void counters_areWhatTheKernelProgramCounts() {
    assertSame("tc_counters", WireLayout.COUNTERS_BYTES, WireLayout.counters());
  }

  @Test
  void settingsAndMark_areWhereTheLoaderWritesThem() {
    // ExecProbe writes these by number.
    assertEquals(
        new Struct(16, Map.of("wakeup_bytes", 0, "scoped", 8, "snapshot_slot", 12)),
        structs.get("tc_config"));
    assertEquals(
        new Struct(16, Map.of("image", 0, "in_scope", 8, "reserved", 12)), structs.get("tc_mark"));
  }

  private void assertSame(String name, int bytes, Map<String, Field> fields) {
    Map<String, Integer> offsets = new LinkedHashMap<>();
    fields.forEach((field, place) -> offsets.put(field, place.offset()));
    assertEquals(structs.get(name), new Struct(bytes, offsets));
    int end = 0;
    for (Field place : fields.values()) {
      assertEquals(end, place.offset(), "no field overlaps another or leaves a gap");
      end = place.offset() + place.size();
    }
    assertEquals(bytes, end);
  }

  private static Map<String, Struct> structs() {
    try (InputStream object =
        WireLayoutBtfTest.class.getResourceAsStream("/trailcam/bpf/exec.bpf.o")) {
      return BtfStructs.of(object.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
