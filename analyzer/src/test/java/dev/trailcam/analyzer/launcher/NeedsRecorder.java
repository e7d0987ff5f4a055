// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test records for real. It is skipped where {@code trailcam doctor} says that this cannot be
 * done, except where TRAILCAM_REQUIRE_KERNEL is set, as in CI: there it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRecorder.Condition.class)
@interface NeedsRecorder {

  /** Asks once for each test class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (context.getTestMethod().isPresent() || System.getenv("TRAILCAM_REQUIRE_KERNEL") != null) {
        return ConditionEvaluationResult.enabled("the class was looked at");
      }
      try {
        Launcher.Run doctor = Launcher.trailcam("doctor");
        return doctor.status() == 0
            ? ConditionEvaluationResult.enabled("executions can be recorded here")
            : ConditionEvaluationResult.disabled(doctor.out() + doctor.err());
      } catch (Exception e) {
        throw new IllegalStateException("the launcher cannot be run", e);
      }
    }
  }
}
