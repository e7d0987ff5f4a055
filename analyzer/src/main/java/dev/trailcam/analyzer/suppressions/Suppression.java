// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.suppressions;

import java.util.OptionalLong;

/**
 * A legitimate use of what a rule finds. All text may be hostile.
 *
 * @param id its name, unique among all that are given
 * @param rule id of the one rule whose findings it is about
 * @param where a SQL condition over the columns of {@code execs}, not looked at yet
 * @param startsUs executions before this are not meant: microseconds since 1970; empty for all
 * @param expiresUs executions at or after this are not meant: microseconds since 1970
 * @param owner who answers for it
 * @param reason why the use is legitimate
 * @param file where it was read from, for messages
 * @param line line it begins in, from 1
 * @param whereLine line its condition begins in, from 1
 */
public record Suppression(
    String id,
    String rule,
    String where,
    OptionalLong startsUs,
    long expiresUs,
    String owner,
    String reason,
    String file,
    int line,
    int whereLine) {
  private static final long NS_PER_US = 1000;

  /**
   * Whether it is about executions of a time already.
   *
   * @param tsNs when something was executed, in nanoseconds since 1970
   */
  public boolean started(long tsNs) {
    return startsUs.isEmpty() || Math.floorDiv(tsNs, NS_PER_US) >= startsUs.getAsLong();
  }

  /**
   * Whether it is about executions of a time no more.
   *
   * @param tsNs when something was executed, in nanoseconds since 1970
   */
  public boolean expired(long tsNs) {
    return Math.floorDiv(tsNs, NS_PER_US) >= expiresUs;
  }
}
