// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test looks at a page in Chromium. It is skipped where there is none, unless
 * TRAILCAM_REQUIRE_CHROMIUM is set, as in CI.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsChromium.Condition.class)
public @interface NeedsChromium {

  /** Asks once for each test class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (System.getenv("TRAILCAM_REQUIRE_CHROMIUM") != null) {
        return ConditionEvaluationResult.enabled("it must be here");
      }
      return Chromium.program()
          .map(program -> ConditionEvaluationResult.enabled(program.toString()))
          .orElseGet(
              () ->
                  ConditionEvaluationResult.disabled(
                      "there is no chromium or google-chrome in PATH"));
    }
  }
}
