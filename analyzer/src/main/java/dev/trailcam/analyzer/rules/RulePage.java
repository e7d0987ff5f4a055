// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.capture.Environment;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the analyst who gets a finding is told, as plain text: paragraphs and list items one per
 * line. Every section is there and not empty, except in {@link #NONE}.
 *
 * @param whatItSees what the event means
 * @param whyItMatters by environment
 * @param whatToDo by environment
 * @param whatItMisses known blind spots
 * @param benignCauses legitimate reasons for the event
 */
public record RulePage(
    String whatItSees,
    Map<Environment, String> whyItMatters,
    Map<Environment, String> whatToDo,
    String whatItMisses,
    String benignCauses) {

  /** Stands for the page an experimental rule does not have yet. */
  public static final RulePage NONE = new RulePage("", Map.of(), Map.of(), "", "");

  /** Makes the maps immutable, in the order of {@link Environment}. */
  public RulePage {
    whyItMatters = copy(whyItMatters);
    whatToDo = copy(whatToDo);
  }

  /** The heading that stands for an environment in a page and in reports. */
  public static String heading(Environment environment) {
    return switch (environment) {
      case CI -> "CI/CD";
      case STAGING -> "Staging";
      case PRODUCTION -> "Production";
    };
  }

  private static Map<Environment, String> copy(Map<Environment, String> texts) {
    Map<Environment, String> copy = new EnumMap<>(Environment.class);
    copy.putAll(texts);
    return Collections.unmodifiableMap(copy);
  }
}
