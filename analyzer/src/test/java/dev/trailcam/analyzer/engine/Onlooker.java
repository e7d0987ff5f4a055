// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.PackedQueries;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second opinion on what the gate let through, by other means: it looks at words and not at the
 * tree, has its own list of functions, and binds the text where nothing but the views and lists
 * exists.
 */
final class Onlooker implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|[A-Za-z_][A-Za-z_0-9]*|[0-9][0-9a-zA-Z_.]*|\\S");
  private static final Set<String> BEFORE_BRACKETS =
      Set.of(
          "select from where and or not in any all exists as on using over filter partition by order"
              .split(" "));
  private static final Set<String> CLAUSES =
      Set.of(
          ("case when then else between having qualify values with union except intersect cast"
                  + " try_cast decimal sets cube rollup limit offset distinct exclude is like"
                  + " lateral join null preceding following")
              .split(" "));
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("coalesce nullif greatest least lower length char_length character_length trim ltrim"
                  + " rtrim left right substr substring position instr translate reverse"
                  + " split_part regexp_extract concat_ws array_contains array_position cardinality abs floor ceil"
                  + " ceiling round date_trunc date_part to_microseconds to_milliseconds to_seconds"
                  + " to_minutes to_hours to_days to_weeks to_months to_years trunc like_escape"
                  + " not_like_escape ilike_escape not_ilike_escape count count_star sum avg min max"
                  + " min_by max_by count_if bool_or bool_and median row_number rank dense_rank"
                  + " percent_rank cume_dist ntile lag lead first_value last_value nth_value")
              .split(" "));
  private static final Set<String> FORBIDDEN =
      Set.of(
          ("copy insert update delete truncate merge create drop alter attach detach pragma set reset"
                  + " call load install export import recursive pivot unpivot tablesample sample"
                  + " lambda checkpoint vacuum describe summarize show positional asof natural"
                  + " columns prepare execute begin commit rollback explain materialized")
              .split(" "));

  private final Session session;
  private final Vocabulary vocabulary;

  /** Knows the tables of the vocabulary by the types they have in a session. */
  Onlooker(Session model, Vocabulary vocabulary) throws SQLException, IOException {
    this.session = new Session(EngineOptions.DEFAULT);
    this.vocabulary = vocabulary;
    session.execute(PackedQueries.text("prelude/prelude.duckdb.sql"));
    for (String table : vocabulary.tables().keySet()) {
      List<String> columns = new ArrayList<>();
      model.query(
          "DESCRIBE " + table,
          row -> columns.add(Session.identifier(row.getString(1)) + " " + row.getString(2)));
      session.execute("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
    }
    session.lock();
  }

  /** What should not have been let through; empty when nothing. */
  List<String> objections(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(LITERAL.matcher(sql).replaceAll("''"));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    List<String> objections = new ArrayList<>();
    String first = tokens.stream().filter(token -> !token.equals("(")).findFirst().orElse("");
    if (!first.equals("SELECT") && !first.equals("WITH")) {
      objections.add("begins with " + first);
    }
    Set<String> named = named(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      String word = tokens.get(i).replace("\"", "").toLowerCase(Locale.ROOT);
      String before = i == 0 ? "" : tokens.get(i - 1);
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).equals("(");
      if (word.equals(";") || word.equals("$") || word.equals("?") || word.equals("[")) {
        objections.add("has " + word);
      } else if (FORBIDDEN.contains(word) && !named.contains(word) && !before.equals(".")) {
        objections.add("says " + word);
      } else if (called && word.matches("\\w+") && !before.equals("AS") && !mayBeCalled(word)) {
        if (!named.contains(word)) {
          objections.add("calls " + word);
        }
      }
    }
    return objections;
  }

  private boolean mayBeCalled(String word) {
    return BEFORE_BRACKETS.contains(word)
        || CLAUSES.contains(word)
        || FUNCTIONS.contains(word)
        || vocabulary.words().contains(word)
        || vocabulary.tableWords().contains(word);
  }

  /** Names of columns, tables and CTEs: what follows AS, or comes before the bracket before AS. */
  private static Set<String> named(List<String> tokens) {
    Set<String> named = new HashSet<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i - 1).equals("AS")) {
        named.add(tokens.get(i).replace("\"", "").toLowerCase(Locale.ROOT));
      }
      if (tokens.get(i).equals("AS") && tokens.get(i - 1).equals(")")) {
        int open = i - 1;
        for (int depth = 1; depth > 0 && --open > 0; ) {
          depth += tokens.get(open).equals(")") ? 1 : tokens.get(open).equals("(") ? -1 : 0;
        }
        if (open > 1 && (tokens.get(open - 2).equals("WITH") || tokens.get(open - 2).equals(","))) {
          named.add(tokens.get(open - 1).replace("\"", "").toLowerCase(Locale.ROOT));
        }
      }
    }
    return named;
  }

  /** Whether the text means something where there are only views and lists. */
  boolean binds(String sql) {
    return binds(session, sql);
  }

  /** Whether the text means something in a session. */
  static boolean binds(Session session, String sql) {
    try {
      session.query("EXPLAIN " + sql, row -> {});
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    session.close();
  }
}
