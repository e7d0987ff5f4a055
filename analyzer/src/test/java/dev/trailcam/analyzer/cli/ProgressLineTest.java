// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void line_saysHowFarTheWorkIs() {
    StringWriter err = new StringWriter();
    try (ProgressLine line = new ProgressLine(terminal(err, true), false)) {
      line.at("checking capture 3 a/b", 0, 0);
      assertEquals("checking capture 3 a/b", line.text());
      line.at("reading segments", 412, 1310);
      line.executions(999_999);
      assertEquals("reading 412/1,310 segments  999,999 executions", line.text());
      line.executions(1_234_567);
      line.at("rule net_sniff_tool_exec", 7, 25);
      line.within(() -> 43);
      assertEquals("rule 7/25 net_sniff_tool_exec  43 %  1.2 M executions", line.text());
      line.at("rule " + "x\u001b[2J".repeat(100), 7, 25);
      assertEquals(90, line.text().length());
      assertTrue(line.text().endsWith("  43 %  1.2 M executions"));
      assertTrue(line.text().chars().allMatch(c -> c >= ' '));
    }
  }

  @Test
  void noTerminal_noLine() {
    StringWriter err = new StringWriter();
    try (ProgressLine line = new ProgressLine(terminal(err, false), false)) {
      line.at("reading segments", 1, 2);
      assertEquals("", line.text());
    }
    assertEquals("", err.toString());
  }

  private static Terminal terminal(StringWriter err, boolean isTerminal) {
    return new Terminal(
        new PrintWriter(new StringWriter()), new PrintWriter(err), false, isTerminal, Map.of());
  }
}
