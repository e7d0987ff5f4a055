// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.capture.Sha256;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The captures of one boot of a machine, which rules see together.
 *
 * @param captures at least one, sorted by id
 */
public record BootFacts(String bootId, List<CaptureFacts> captures) {

  /** Puts the captures in order. */
  public BootFacts {
    captures = captures.stream().sorted((a, b) -> a.captureId().compareTo(b.captureId())).toList();
  }

  /** What rules see of it, as a hash; where it lies is no part of it. */
  public String content() {
    return Sha256.of(
        captures.stream().map(CaptureFacts::content).collect(Collectors.joining("\n")));
  }

  /** Rows of executions. */
  public long executions() {
    return captures.stream()
        .mapToLong(CaptureFacts::executions)
        .reduce(0, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
  }
}
