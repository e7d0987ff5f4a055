// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.util.List;

/**
 * What the rows of a compacted file say.
 *
 * @param parts of each part, from 0 on
 * @param foreign rows that belong to none of them
 */
public record PartDigests(List<RowDigest> parts, long foreign) {

  /** Makes the list immutable. */
  public PartDigests {
    parts = List.copyOf(parts);
  }
}
