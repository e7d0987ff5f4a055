// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import dev.trailcam.analyzer.query.QueryColumn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the name that is being typed: views, their columns, functions, words of SQL. */
final class NameCompleter implements Completer {
  private static final List<String> COMMANDS = List.of(".help", ".quit", ".schema", ".tables");
  private static final List<String> KEYWORDS =
      List.of(
          "AND",
          "AS",
          "BETWEEN",
          "CASE",
          "DESC",
          "DISTINCT",
          "ELSE",
          "END",
          "EXISTS",
          "FROM",
          "GROUP BY",
          "HAVING",
          "IN",
          "IS NOT NULL",
          "IS NULL",
          "JOIN",
          "LEFT JOIN",
          "LIKE",
          "LIMIT",
          "NOT",
          "ON",
          "OR",
          "ORDER BY",
          "OVER",
          "PARTITION BY",
          "SELECT",
          "THEN",
          "UNION",
          "USING",
          "WHEN",
          "WHERE",
          "WITH");

  private final Map<String, List<QueryColumn>> tables;
  private final SortedSet<String> names = new TreeSet<>();

  NameCompleter(Map<String, List<QueryColumn>> tables, SortedSet<String> functions) {
    this.tables = tables;
    names.addAll(functions);
    names.addAll(tables.keySet());
    tables.values().forEach(columns -> columns.forEach(column -> names.add(column.name())));
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    if (line.wordIndex() == 0 && word.startsWith(".")) {
      offer(COMMANDS.stream(), "", candidates);
      return;
    }
    int start = word.length();
    while (start > 0 && namePart(word.charAt(start - 1))) {
      start--;
    }
    String before = word.substring(0, start);
    if (before.endsWith(".")) {
      offer(
          tables.values().stream().flatMap(List::stream).map(QueryColumn::name).distinct(),
          before,
          candidates);
    } else if (line.line().startsWith(".schema")) {
      offer(tables.keySet().stream(), before, candidates);
    } else {
      String typed = word.substring(start);
      offer(names.stream(), before, candidates);
      boolean small = typed.equals(typed.toLowerCase(Locale.ROOT));
      offer(
          KEYWORDS.stream().map(key -> small ? key.toLowerCase(Locale.ROOT) : key),
          before,
          candidates);
    }
  }

  private static void offer(Stream<String> names, String before, List<Candidate> candidates) {
    names.forEach(
        name -> candidates.add(new Candidate(before + name, name, null, null, null, null, false)));
  }

  private static boolean namePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
