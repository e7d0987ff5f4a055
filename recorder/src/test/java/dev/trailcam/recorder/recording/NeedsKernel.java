// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.KernelSupport;
import dev.trailcam.recorder.libbpf.KernelSupport.Check;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test watches executions for real. It is skipped only for want of what a user may lack:
 * rights, libbpf, a kernel of the declared minimum. A kernel that is new enough and refuses the
 * program is a failure, and where TRAILCAM_REQUIRE_KERNEL is set, as in CI, so is everything else.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsKernel.Condition.class)
@interface NeedsKernel {

  /** Looks at the machine once for each test class. */
  final class Condition implements ExecutionCondition {
    private static final Set<String> USER_MAY_LACK =
        Set.of("kernel", "type information", "privileges", "libbpf");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<Check> missing =
          KernelSupport.checks().stream()
              .filter(check -> !check.passed() && USER_MAY_LACK.contains(check.name()))
              .findFirst();
      if (missing.isEmpty() || System.getenv("TRAILCAM_REQUIRE_KERNEL") != null) {
        return ConditionEvaluationResult.enabled("executions can be watched here");
      }
      return ConditionEvaluationResult.disabled(missing.get().finding());
    }
  }
}
