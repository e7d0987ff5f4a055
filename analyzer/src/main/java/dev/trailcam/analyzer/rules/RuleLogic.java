// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.capture.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What decides a rule's findings: its SQL without comments and layout, and the lists it names
 * without the column that says where an entry comes from. The views and the words of the prelude
 * are not part of it; they have a version of their own, the metadata's {@code surface}.
 *
 * <p>It is made of the text and not of the engine's syntax tree, so that a new release of an engine
 * changes no hash.
 */
public final class RuleLogic {
  private static final String NO_LOGIC = "source";

  private final List<String> tokens;
  private final List<ListFile> lists;

  private RuleLogic(List<String> tokens, List<ListFile> lists) {
    this.tokens = tokens;
    this.lists = lists;
  }

  /**
   * The logic of a rule.
   *
   * @param sql its whole text
   * @param lists every list there is; those it does not name do not count
   */
  public static RuleLogic of(String sql, List<ListFile> lists) {
    List<String> tokens = new Tokens(sql).all();
    Set<String> words = new TreeSet<>();
    for (String token : tokens) {
      boolean quoted = token.length() > 1 && token.startsWith("\"");
      words.add((quoted ? token.substring(1, token.length() - 1) : token).toLowerCase(Locale.ROOT));
    }
    return new RuleLogic(
        tokens,
        lists.stream()
            .filter(list -> words.contains(list.name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  /** Names of the lists that are part of it. */
  public List<String> lists() {
    return lists.stream().map(ListFile::name).toList();
  }

  /** SHA-256 of all of it. */
  public String sha256() {
    StringBuilder text = new StringBuilder("sql\n");
    tokens.forEach(token -> append(text, token));
    for (ListFile list : lists) {
      text.append("list\n");
      append(text, list.name());
      List<Integer> columns = new ArrayList<>();
      for (int i = 0; i < list.columns().size(); i++) {
        if (!list.columns().get(i).equals(NO_LOGIC)) {
          columns.add(i);
          append(text, list.columns().get(i));
        }
      }
      for (ListFile.Row row : list.rows()) {
        text.append("row\n");
        columns.forEach(column -> append(text, row.values().get(column)));
      }
    }
    return Sha256.of(text.toString());
  }

  /** With its length, so that no two lists of texts give one text. */
  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part).append('\n');
  }

  /** The words, literals and signs of a statement. Comments and white space are none. */
  private static final class Tokens {
    private final String sql;
    private int at;

    Tokens(String sql) {
      this.sql = sql;
    }

    List<String> all() {
      List<String> tokens = new ArrayList<>();
      while (at < sql.length()) {
        int start = at;
        char c = sql.charAt(at++);
        if (sql.startsWith("--", start)) {
          at = endOf("\n", start);
        } else if (sql.startsWith("/*", start)) {
          at = endOf("*/", start + 2);
        } else if (c == '\'' || c == '"') {
          quoted(c);
          tokens.add(sql.substring(start, at));
        } else if (wordPart(c)) {
          while (at < sql.length() && wordPart(sql.charAt(at))) {
            at++;
          }
          tokens.add(sql.substring(start, at));
        } else if (!Character.isWhitespace(c)) {
          tokens.add(sql.substring(start, at));
        }
      }
      // A final semicolon is good style by hand and says nothing.
      while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).equals(";")) {
        tokens.remove(tokens.size() - 1);
      }
      return tokens;
    }

    /** Behind the closing quotation mark; one that is doubled closes nothing. */
    private void quoted(char mark) {
      while (at < sql.length()) {
        if (sql.charAt(at++) == mark) {
          if (at == sql.length() || sql.charAt(at) != mark) {
            return;
          }
          at++;
        }
      }
    }

    private int endOf(String end, int from) {
      int found = sql.indexOf(end, from);
      return found < 0 ? sql.length() : found + end.length();
    }

    private static boolean wordPart(char c) {
      return c == '_' || Character.isLetterOrDigit(c);
    }
  }
}
