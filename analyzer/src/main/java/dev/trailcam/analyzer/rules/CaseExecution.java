// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;

/**
 * An execution that an author made up.
 *
 * @param exec its columns
 * @param events rows of other tables that its program left
 * @param fires whether the rule has to fire for it; never in {@link CaseSection#SILENT} and {@link
 *     CaseSection#KNOWN_MISSES}
 */
public record CaseExecution(CaseRow exec, List<CaseRow> events, boolean fires) {

  /** Makes the list immutable. */
  public CaseExecution {
    events = List.copyOf(events);
  }
}
