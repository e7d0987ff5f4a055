// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.explanation.Part;
import dev.trailcam.analyzer.explanation.PartResult;
import dev.trailcam.analyzer.explanation.PartResult.SourceResult;
import dev.trailcam.analyzer.explanation.Question;
import dev.trailcam.analyzer.explanation.TermResult;
import dev.trailcam.analyzer.explanation.TermResult.ColumnValues;
import dev.trailcam.analyzer.explanation.TermResult.Nearest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks what the parts of a rule want to know, one statement for each condition. */
final class PartQuestions {
  /** Pairs of rows beyond which nobody waits for the value of every term of a join. */
  private static final long MAX_PAIRS = 20_000_000;

  private static final int MAX_EXAMPLES = 4;
  private static final int MAX_CHARS = 300;
  // Comparing long texts takes time that grows with the product of their lengths.
  private static final int MAX_COMPARED = 64;

  private final Session session;
  private final RuleRunner runner;

  private final String here;

  /**
   * For one execution.
   *
   * @param here a WHERE that leaves only its rows, where there is an exec_id
   */
  PartQuestions(Session session, RuleRunner runner, String here) {
    this.session = session;
    this.runner = runner;
    this.here = here;
  }

  /** The answers. What the engine cannot evaluate is said and stops nothing else. */
  PartResult ask(Part part) throws SQLException {
    List<SourceResult> sources = new ArrayList<>();
    List<TermResult> terms = new ArrayList<>();
    Optional<String> problem = Optional.empty();
    try {
      for (Part.Source source : part.sources()) {
        sources.add(source(source));
      }
      for (Part.Condition condition : part.conditions()) {
        terms.addAll(terms(condition));
      }
    } catch (SQLException e) {
      terms.clear();
      problem = Optional.of("it cannot be taken apart: " + SqlMessage.firstLine(e));
    }
    return new PartResult(
        part.name(),
        part.line(),
        sources,
        terms,
        part.alone(),
        count(part.statement()),
        own(part),
        problem);
  }

  private long own(Part part) {
    try {
      return count(part.statement(), here);
    } catch (SQLException e) {
      return -1; // It has no exec_id.
    }
  }

  private SourceResult source(Part.Source source) throws SQLException {
    long rows = count(source.statement());
    boolean few = source.on().terms().isEmpty() || count(source.pairs()) <= MAX_PAIRS;
    return new SourceResult(
        source.line(), source.text(), rows, few ? terms(source.on()) : List.of());
  }

  private long count(String tree) throws SQLException {
    return count(tree, "");
  }

  private long count(String tree, String where) throws SQLException {
    return session.number(
        runner.connection(), "SELECT count(*) FROM (" + runner.written(tree) + ") AS part" + where);
  }

  private List<TermResult> terms(Part.Condition condition) throws SQLException {
    List<TermResult> results = new ArrayList<>();
    if (condition.terms().isEmpty()) {
      return results;
    }
    Question question = condition.question();
    String rows =
        "(SELECT "
            + IntStream.range(0, question.terms())
                .mapToObj(i -> "CAST(t" + i + " AS BOOLEAN) AS t" + i)
                .collect(Collectors.joining(", "))
            + IntStream.range(0, question.columns())
                .mapToObj(i -> ", CAST(c" + i + " AS VARCHAR) AS c" + i)
                .collect(Collectors.joining())
            + " FROM ("
            + runner.written(question.statement())
            + ") AS asked) AS told";
    List<ColumnValues> columns = new ArrayList<>();
    session.query(
        runner.connection(),
        summary(condition, rows),
        row -> {
          for (int i = 0; i < question.columns(); i++) {
            columns.add(column(condition.columns().get(i), row, 2 + 3 * question.terms() + 3 * i));
          }
          for (int i = 0; i < question.terms(); i++) {
            results.add(term(condition.terms().get(i), columns, row, 2 + 3 * i));
          }
        });
    for (int i = 0; i < results.size(); i++) {
      results.set(i, withNearest(results.get(i), condition.terms().get(i), rows));
    }
    return results;
  }

  /** One row: how many; of each term how often true, unknown, left; of each column its values. */
  private static String summary(Part.Condition condition, String rows) {
    StringBuilder sql = new StringBuilder("SELECT count(*)");
    List<String> before = new ArrayList<>();
    for (int i = 0; i < condition.terms().size(); i++) {
      String term = "t" + i;
      List<String> all = new ArrayList<>(before);
      all.add(term);
      if (condition.terms().get(i).depth() == 0) {
        before.add(term);
      }
      sql.append(", count(*) FILTER (WHERE " + term + ")");
      sql.append(", count(*) FILTER (WHERE " + term + " IS NULL)");
      sql.append(", count(*) FILTER (WHERE " + String.join(" AND ", all) + ")");
    }
    for (int i = 0; i < condition.columns().size(); i++) {
      String column = "c" + i;
      sql.append(", count(DISTINCT " + column + ")");
      sql.append(", array_slice(list_sort(list(DISTINCT left(" + column + ", " + MAX_CHARS + "))");
      sql.append(" FILTER (WHERE " + column + " IS NOT NULL)), 1, " + MAX_EXAMPLES + ")");
      sql.append(", count(*) FILTER (WHERE " + column + " IS NULL) > 0");
    }
    return sql + " FROM " + rows;
  }

  private ColumnValues column(String name, ResultSet row, int first) throws SQLException {
    List<String> examples = new ArrayList<>();
    Array array = row.getArray(first + 1);
    if (array != null) {
      for (Object value : (Object[]) array.getArray()) {
        examples.add(session.arguments().shown((String) value));
      }
    }
    return new ColumnValues(name, row.getLong(first), examples, row.getBoolean(first + 2));
  }

  private static TermResult term(
      Question.Term term, List<ColumnValues> columns, ResultSet row, int first)
      throws SQLException {
    return new TermResult(
        term.clause(),
        term.line(),
        term.text(),
        term.depth(),
        row.getLong(1),
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        term.columns().stream().map(columns::get).toList(),
        Optional.empty());
  }

  private TermResult withNearest(TermResult result, Question.Term term, String rows)
      throws SQLException {
    if (term.equal().isEmpty() || result.holds() > 0 || result.rows() == 0) {
      return result;
    }
    List<Nearest> nearest = new ArrayList<>();
    String one = "c" + term.equal().get(0);
    String other = "c" + term.equal().get(1);
    session.query(
        runner.connection(),
        "SELECT one, other, levenshtein(one, other) AS edits FROM (SELECT DISTINCT "
            + one
            + " AS one, "
            + other
            + " AS other FROM "
            + rows
            + String.format(
                " WHERE length(%s) BETWEEN 1 AND %d AND length(%s) BETWEEN 1 AND %d)",
                one, MAX_COMPARED, other, MAX_COMPARED)
            + " WHERE levenshtein(one, other) * 2 <= length(one) ORDER BY edits, one, other LIMIT 1",
        row -> nearest.add(new Nearest(row.getString(1), row.getString(2), row.getLong(3))));
    return new TermResult(
        result.clause(),
        result.line(),
        result.text(),
        result.depth(),
        result.rows(),
        result.holds(),
        result.unknown(),
        result.left(),
        result.values(),
        nearest.stream().findFirst());
  }
}
