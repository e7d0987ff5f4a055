// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.recorder.libbpf.KernelSupport.Check;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told who cannot record: one clear sentence and the next move. */
final class KernelSupportTest {
  @ParameterizedTest
  @CsvSource({
    "5.14.0-427.el9.x86_64, false",
    "4.19.0, false",
    "garbage, false",
    "5.15.0-91-generic, true",
    "6.18.44-fc, true",
    "10.0-rc1, true"
  })
  void kernel_hasToBeNewEnough(String release, boolean enough) {
    assertEquals(enough, KernelSupport.kernel(KernelRelease.parse(release)).passed());
  }

  @Test
  void oldKernel_isToldWhichIsNeeded() {
    Check check = KernelSupport.kernel(new KernelRelease(5, 10));
    assertEquals("Linux 5.10 is too old", check.finding());
    assertEquals("boot Linux 5.15 or newer", check.nextMove().orElseThrow());
  }

  @Test
  void kernelWithoutTypeInformation_isNamed() {
    Check check = KernelSupport.btf(Path.of("/does/not/exist"));
    assertEquals("the kernel has no BTF (/does/not/exist)", check.finding());
    assertTrue(check.nextMove().orElseThrow().contains("CONFIG_DEBUG_INFO_BTF=y"));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, false",
    "00000000a80425fb, false", // a container's default
    "0000004000000000, false", // CAP_PERFMON alone
    "000000c000000000, true", // CAP_PERFMON and CAP_BPF
    "0000000000200000, true", // CAP_SYS_ADMIN
    "000001ffffffffff, true"
  })
  void privileges_areCapabilitiesNotTheUserId(String effective, boolean enough) {
    long bits =
        KernelSupport.effectiveCapabilities(List.of("Name:\tjava", "CapEff:\t" + effective));
    Check check = KernelSupport.privileges(bits);
    assertEquals(enough, check.passed());
    if (!enough) {
      assertTrue(check.finding().contains("root"));
      assertTrue(check.nextMove().orElseThrow().contains("sudo"));
    }
  }

  @Test
  void message_isOneSentenceWithTheNextMove() {
    ProbeException e = new ProbeException("libbpf.so.1 is not installed", "install it");
    assertEquals("libbpf.so.1 is not installed; install it", e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
