// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.List;

/**
 * A file that the sides do not share.
 *
 * @param path where it lies beside {@code rules/}, or the rule's id and ending
 * @param rules ids of the rules that use it, sorted; empty for words and views, which all may use
 * @param diff the change in unified format, headers first, without line feeds
 */
public record TextChange(String path, List<String> rules, List<String> diff) {

  /** Makes the lists immutable. */
  public TextChange {
    rules = List.copyOf(rules);
    diff = List.copyOf(diff);
  }
}
