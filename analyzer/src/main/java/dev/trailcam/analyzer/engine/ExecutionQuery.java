// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks for executions.
 *
 * @param captureIds captures to look in
 * @param idPrefixes first digits of the ids they may have; empty for any
 * @param like columns of {@code execs} and the values they must have, as in {@link
 *     dev.trailcam.analyzer.rules.CaseRow}; none of them {@code ancestors}
 */
public record ExecutionQuery(
    List<String> captureIds, List<String> idPrefixes, Map<Column, Object> like) {

  /** The ids of these executions, as they happened. */
  String sql() {
    List<String> terms = new ArrayList<>();
    terms.add(any(captureIds.stream().map(id -> "capture_id = " + literal(id)).toList()));
    if (!idPrefixes.isEmpty()) {
      terms.add(
          any(
              idPrefixes.stream()
                  .map(prefix -> "starts_with(exec_id, " + literal(prefix) + ")")
                  .toList()));
    }
    like.forEach((column, value) -> terms.add(equal(column, value)));
    return "SELECT exec_id FROM execs WHERE "
        + String.join(" AND ", terms)
        + " ORDER BY boot_ns, exec_id";
  }

  private static String any(List<String> terms) {
    return terms.isEmpty() ? "false" : "(" + String.join(" OR ", terms) + ")";
  }

  private static String equal(Column column, Object value) {
    return identifier(column.columnName())
        + " IS NOT DISTINCT FROM CAST("
        + value(value)
        + " AS "
        + column.type().sql()
        + ")";
  }

  private static String value(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String text) {
      return literal(text);
    }
    if (value instanceof Instant time) {
      return "make_timestamptz(" + ChronoUnit.MICROS.between(Instant.EPOCH, time) + ")";
    }
    if (value instanceof List<?> texts) {
      return texts.stream()
          .map(ExecutionQuery::value)
          .collect(Collectors.joining(", ", "[", "]::" + ColumnType.TEXT_LIST.sql()));
    }
    return value.toString();
  }
}
