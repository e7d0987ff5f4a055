// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.findings.Execution;
import java.util.List;

/** An execution that an expectation names. */
sealed interface ExpectedExecution {

  /** Line of the expectations. */
  int line();

  /** Whether it is this one. */
  boolean fits(Execution execution);

  /** Named by all its arguments. */
  record ByArguments(int line, List<String> argv) implements ExpectedExecution {
    @Override
    public boolean fits(Execution execution) {
      return argv.equals(execution.argv());
    }
  }

  /** Named by the first digits of its id. */
  record ById(int line, String prefix) implements ExpectedExecution {
    @Override
    public boolean fits(Execution execution) {
      return execution.execId().startsWith(prefix);
    }
  }
}
