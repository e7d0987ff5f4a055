// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values of a query's result as text. */
final class ResultText {

  private ResultText() {}

  /**
   * The value as text of one cell, not encoded for anything yet; empty for null. Lists and
   * structures are JSON.
   */
  static String of(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      StringWriter json = new StringWriter();
      Json.compact(value, json);
      return json.toString();
    }
    return value.toString();
  }
}
