// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.recorder.wire.BtfStructs.Struct;
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
  void structures_areWhatTheKernelProgramWrites() {
    for (WireLayout.Structure structure : WireLayout.structures()) {
      Map<String, Integer> offsets = new LinkedHashMap<>();
      structure.fields().forEach(field -> offsets.put(field.name(), field.offset()));
      assertEquals(
          structs.get(structure.name()), new Struct(structure.bytes(), offsets), structure.name());
    }
  }

  @Test
  void settingsAndMark_areWhereTheLoaderWritesThem() {
    // ExecProbe writes these by number.
    assertEquals(
        new Struct(16, Map.of("wakeup_bytes", 0, "scoped", 8, "snapshot_slot", 12)),
        structs.get("tc_config"));
    assertEquals(
        new Struct(16, Map.of("image", 0, "in_scope", 8, "exited", 12)), structs.get("tc_mark"));
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
