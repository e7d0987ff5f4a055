// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

/** What a rule wants to know of the column {@code ancestors}. */
public enum Family {
  /** Nothing. */
  NONE,
  /** The programs ({@code exe}) in their order, and nothing else of each. */
  PROGRAMS,
  /** Process ids, start times, or nobody can tell. */
  ALL
}
