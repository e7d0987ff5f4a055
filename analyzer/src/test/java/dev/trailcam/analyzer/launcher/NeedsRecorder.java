// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test records this machine. It is skipped where {@code trailcam doctor} says that this is not
 * possible, unless TRAILCAM_REQUIRE_KERNEL is set, as in CI.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRecorder.Condition.class)
@interface NeedsRecorder {

  /** Asks once for each test class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (System.getenv("TRAILCAM_REQUIRE_KERNEL") != null) {
        return ConditionEvaluationResult.enabled("it must be possible here");
      }
      try {
        Launcher.Run doctor = Launcher.trailcam("doctor");
        return doctor.status() == 0
            ? ConditionEvaluationResult.enabled("executions can be recorded here")
            : ConditionEvaluationResult.disabled(doctor.out());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
