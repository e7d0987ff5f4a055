// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.Map;
import java.util.Set;

/**
 * What SQL itself offers beside the words of the prelude: functions that were seen to say the same
 * on DuckDB and Spark, take time and memory in proportion to what they read, and depend on nothing
 * else.
 */
public final class StandardFunctions {
  /** How the engine calls what is written with signs. */
  public static final Set<String> OPERATORS =
      Set.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "||",
          "&",
          "|",
          "~~",
          "!~~",
          "~~*",
          "!~~*",
          "like_escape",
          "not_like_escape",
          "ilike_escape",
          "not_ilike_escape");

  /** These make one value of the values of one row. */
  public static final Set<String> SCALARS =
      Set.of(
          // Text. Not upper: it differs for some letters. Not lpad, repeat, replace: they make any
          // length of a short text, and the engine's limit of memory does not hold for them.
          "lower",
          "length",
          "char_length",
          "character_length",
          "trim",
          "ltrim",
          "rtrim",
          "left",
          "right",
          "substr",
          "substring",
          "position",
          "instr",
          "translate",
          "reverse",
          "split_part",
          "regexp_extract",
          "concat_ws",
          // Lists that columns hold.
          "array_contains",
          "array_position",
          "cardinality",
          // Numbers.
          "abs",
          "floor",
          "ceil",
          "ceiling",
          "round",
          "greatest",
          "least",
          "nullif",
          // Time.
          "date_trunc",
          "date_part");

  /** These make one value of many rows. */
  public static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "count_star",
          "sum",
          "avg",
          "min",
          "max",
          "min_by",
          "max_by",
          "count_if",
          "bool_or",
          "bool_and",
          "median");

  /** These number rows, so they need to be told the order. */
  public static final Set<String> RANKING =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  /** What the parser makes of INTERVAL '5' second. */
  public static final Set<String> INTERVALS =
      Set.of(
          "to_microseconds",
          "to_milliseconds",
          "to_seconds",
          "to_minutes",
          "to_hours",
          "to_days",
          "to_weeks",
          "to_months",
          "to_years");

  /** The parts of a time that all engines count alike. */
  static final Set<String> PARTS =
      Set.of("year", "quarter", "month", "week", "day", "hour", "minute");

  /** Said without brackets, or in any other way: these know when, where and by whom. */
  static final Set<String> VALUE_FUNCTIONS =
      Set.of(
          "current_catalog",
          "current_database",
          "current_date",
          "current_role",
          "current_schema",
          "current_time",
          "current_timestamp",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user",
          "user");

  private static final String NOT_STEADY = "it says something else each time";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("regexp_matches", "write matches(s, r)"),
          Map.entry("regexp_like", "write matches(s, r)"),
          Map.entry("regexp_full_match", "write matches(s, '^…$')"),
          Map.entry("list_contains", "write has_arg(l, s)"),
          Map.entry("list_has", "write has_arg(l, s)"),
          Map.entry("list_has_any", "write has_any_arg(l, ss)"),
          Map.entry("list_extract", "write arg(l, i)"),
          Map.entry("list_value", "a list is written as a table of names in queries/lists"),
          Map.entry("len", "write argc(l) or length(s)"),
          Map.entry("array_to_string", "write cmdline(l)"),
          Map.entry("contains", "write has_substr(s, t)"),
          Map.entry("starts_with", "write starts(s, t)"),
          Map.entry("prefix", "write starts(s, t)"),
          Map.entry("ends_with", "write ends(s, t)"),
          Map.entry("suffix", "write ends(s, t)"),
          Map.entry("replace", "write translate(s, from, to)"),
          Map.entry("parse_filename", "write basename(s)"),
          Map.entry("sha256", "write sha256_hex(s)"),
          Map.entry("epoch_us", "write epoch_micros(t)"),
          Map.entry("time_bucket", "write bucket(t, secs)"),
          Map.entry("concat", "write || or concat_ws"),
          Map.entry("upper", "compare with lower(s)"),
          Map.entry("unnest", "write EXISTS (SELECT 1 FROM explode(l) AS t(x) WHERE …)"),
          Map.entry("any_value", "write min(x)"),
          Map.entry("arbitrary", "write min(x)"),
          Map.entry("first", "write min_by(x, order)"),
          Map.entry("last", "write max_by(x, order)"),
          Map.entry("now", NOT_STEADY),
          Map.entry("random", NOT_STEADY),
          Map.entry("uuid", NOT_STEADY));

  private StandardFunctions() {}

  /** What to write instead, with a separator before it; "" where nobody knows. */
  static String hint(String function) {
    String hint = HINTS.get(function);
    return hint == null ? "" : "; " + hint;
  }
}
