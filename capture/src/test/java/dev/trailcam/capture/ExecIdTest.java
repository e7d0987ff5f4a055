// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The ids stand in findings and states of other machines: they must never change. */
final class ExecIdTest {
  private static final String BOOT = "5b1a7d5e-0000-4000-8000-000000000001";

  @Test
  void execution_isTheShortHashOfItsFacts() {
    // printf '%s' "$BOOT|4711|1000|2000" | sha256sum | cut -c1-32
    assertEquals("cc494b7aebd65538c5d1325052c74e61", ExecId.execution(BOOT, 4711, 1000, 2000));
  }

  @Test
  void process_isReadable() {
    assertEquals(BOOT + ":4711:1000", ExecId.process(BOOT, 4711, 1000));
  }

  @Test
  void finding_dependsOnRuleAndExecution() {
    // printf '%s' 'net_sniff_tool_exec|00ff' | sha256sum | cut -c1-32
    assertEquals("82e3d97cf5dd209274c00cf802667f09", ExecId.finding("net_sniff_tool_exec", "00ff"));
  }
}
