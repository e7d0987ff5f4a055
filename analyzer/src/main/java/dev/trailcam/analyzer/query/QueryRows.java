// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.query;

import java.util.List;

/** Takes the rows of one result as they come. Nobody keeps them all. */
public interface QueryRows {
  /** Called once, before any row. */
  void columns(List<QueryColumn> columns);

  /**
   * A row.
   *
   * @param values one for each column: null, Boolean, Long, BigInteger, BigDecimal, Double, String,
   *     or a List or a Map by String of such. Times are RFC 3339 in UTC, bytes are hexadecimal.
   */
  void row(List<Object> values);

  /** Called after the last row, and not at all if the result is not whole. */
  void end();
}
