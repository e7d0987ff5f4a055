// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.LossLedger;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what {@code raw_losses} says is missing, and when. */
final class LossQuery {
  /** Words from outside do not get further than this, so that there are few of them. */
  private static final String OTHER = "'other'";

  /** An infinite timestamp is none that a recorder writes. */
  private static final String SQL =
      """
      WITH lost AS (
        SELECT capture_id,
          CASE WHEN event IS NULL THEN 'execs' WHEN event IN (%s) THEN event ELSE %s END AS tab,
          CASE WHEN cause IN (%s) THEN cause ELSE %s END AS why,
          "count" AS n,
          from_boot_ns::HUGEINT AS from_boot,
          to_boot_ns::HUGEINT AS to_boot,
          CASE WHEN isfinite(from_ts) THEN epoch_us(from_ts)::HUGEINT * 1000 END AS from_wall,
          CASE WHEN isfinite(to_ts) THEN epoch_us(to_ts)::HUGEINT * 1000 END AS to_wall
        FROM raw_losses WHERE "count" > 0),
      -- The wall clock may have been set within the interval: both readings count at both ends.
      times AS (
        SELECT capture_id, tab, why, n,
          least(from_wall, from_boot + to_wall - to_boot) AS began,
          greatest(to_wall, to_boot + from_wall - from_boot) AS ended
        FROM lost)
      SELECT capture_id,
        least(greatest(coalesce(began, -9223372036854775808), -9223372036854775808),
          9223372036854775807)::BIGINT AS began,
        least(greatest(coalesce(ended, 9223372036854775807), -9223372036854775808),
          9223372036854775807)::BIGINT AS ended,
        tab, why, least(sum(n), 9223372036854775807)::BIGINT AS n
      FROM times GROUP BY ALL ORDER BY ALL
      """
          .formatted(
              words(Arrays.stream(Table.values()).map(Table::sqlName)),
              OTHER,
              words(Arrays.stream(LossCause.values()).map(LossCause::id)),
              OTHER);

  private LossQuery() {}

  static LossLedger run(Session session) throws SQLException {
    LossLedger ledger = new LossLedger();
    session.query(
        SQL,
        row ->
            ledger.add(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6)));
    return ledger;
  }

  private static String words(Stream<String> words) {
    return words.map(Session::literal).collect(Collectors.joining(", "));
  }
}
