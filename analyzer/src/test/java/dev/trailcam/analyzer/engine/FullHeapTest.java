// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Findings are held in the heap, however many there are. */
class FullHeapTest {
  @TempDir private Path temp;

  static List<Callable<String>> failures() {
    return List.of(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        },
        // As DuckDB's driver says it, where the heap is full while it hands over rows.
        () -> {
          throw new SQLException("Invalid Error: Java heap space");
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void fullHeap_isToldWithTheNextMove(Callable<String> work) {
    EngineException told = assertThrows(EngineException.class, () -> Engine.run(work));
    assertTrue(told.getMessage().contains("--memory"), told::getMessage);
  }

  @Test
  void findingsThatSayTheSame_shareWhatTheySay() {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 3; i++) {
      fixture.exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo");
    }
    CaptureSet set = CaptureSet.open(List.of(fixture.write()), name -> {});
    List<Finding> findings =
        new Engine("test", EngineOptions.DEFAULT, Progress.NONE)
            .replay(set, RuleSet.packed())
            .findings();
    Execution first = findings.get(0).execution();
    for (Finding finding : findings) {
      assertSame(first.argv(), finding.execution().argv());
      assertSame(first.program(), finding.execution().program());
      assertSame(first.ci(), finding.execution().ci());
      assertSame(findings.get(0).captureId(), finding.captureId());
    }
    assertTrue(findings.size() >= 3, findings::toString);
  }
}
