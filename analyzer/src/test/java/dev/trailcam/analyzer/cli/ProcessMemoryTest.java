// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessMemoryTest {
  @ParameterizedTest
  @CsvSource({
    "300MB, 300000000",
    "1.5GB, 1500000000",
    "2GiB, 2147483648",
    "512MiB, 536870912",
    "400000KB, 400000000",
    "999999999TB, 9223372036854775807"
  })
  void sizes(String size, long bytes) {
    assertEquals(bytes, ProcessMemory.of(size).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"299MB", "1KB", "0.3GB", "lots", "", "-1GB", "4G", "4 GB", "1e3MB"})
  void whatDoesNotWork_isRefused(String size) {
    assertThrows(IllegalArgumentException.class, () -> ProcessMemory.of(size));
  }

  @Test
  void tooLittle_saysTheLeast() {
    Run run = Run.of("replay", "--memory", "100MB", "x");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--memory is too little to work with; the least is 300MB"));
  }

  @Test
  void partsFitTheWhole_andGrowWithIt() {
    long before = 0;
    for (long bytes = 300_000_000; bytes < 64_000_000_000L; bytes *= 2) {
      long engine = new ProcessMemory(bytes).engineBytes();
      assertTrue(engine > before && engine < bytes - bytes / 4, "" + bytes);
      before = engine;
    }
  }
}
