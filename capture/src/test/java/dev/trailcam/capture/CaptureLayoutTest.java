// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureLayoutTest {
  private static final Instant START = Instant.parse("2026-11-22T04:03:00.999Z");

  @ParameterizedTest
  @CsvSource({
    "runner-7,runner-7",
    "../../etc,host.._.._etc",
    "-rf,host-rf",
    "'a b\tc',a_b_c",
    "caf\u00e9,caf_",
    "'',host"
  })
  void directoryName_isSafeWhateverTheHostIsCalled(String host, String expected) {
    assertEquals(
        expected + "-20261122T040300Z-3f9a1c2e",
        CaptureLayout.directoryName(host, START, "3f9a1c2e"));
  }

  @Test
  void segmentNames_areRecognised() {
    assertEquals("exec-000001.parquet", CaptureLayout.segmentName(Table.EXECS, 1));
    assertTrue(CaptureLayout.isSegmentName(CaptureLayout.segmentName(Table.LOSSES, 1_234_567)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exec-000001.parquet.tmp", "../exec-000001.parquet", "EXEC-000001.parquet", ""})
  void otherNames_areNot(String name) {
    assertFalse(CaptureLayout.isSegmentName(name));
  }
}
