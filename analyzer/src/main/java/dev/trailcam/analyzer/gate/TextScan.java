// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tree does not tell: how literals were written, characters that look like others, and
 * whether the text is small and shallow enough for a parser. Knows tokens, not grammar.
 */
final class TextScan {
  /** About three times the longest rule anybody needs; an IN list of thousands is a list. */
  static final int MAX_TOKENS = 20_000;

  static final int MAX_NESTING = 100;

  private final String sql;
  private final List<Violation> violations = new ArrayList<>();
  private int at;
  private int line = 1;
  private int tokens;
  private int nesting;

  private TextScan(String sql) {
    this.sql = sql;
  }

  static List<Violation> of(String sql) {
    TextScan scan = new TextScan(sql);
    scan.run();
    return scan.violations;
  }

  /** Offsets at which a token begins, in characters. */
  static List<Integer> tokens(String sql) {
    List<Integer> starts = new ArrayList<>();
    TextScan scan = new TextScan(sql);
    while (scan.at < sql.length()) {
      int before = scan.tokens;
      int start = scan.at;
      scan.token();
      if (scan.tokens > before) {
        starts.add(start);
      }
    }
    return starts;
  }

  /** Whether a comment stands anywhere but in a literal. */
  static boolean hasComment(String sql) {
    TextScan scan = new TextScan(sql);
    while (scan.at < sql.length()) {
      if (sql.startsWith("--", scan.at) || sql.startsWith("/*", scan.at)) {
        return true;
      }
      scan.token();
    }
    return false;
  }

  private void run() {
    characters();
    while (at < sql.length() && tokens <= MAX_TOKENS && nesting <= MAX_NESTING) {
      token();
    }
    if (tokens > MAX_TOKENS) {
      refuse(Code.SIZE, "has more than " + MAX_TOKENS + " words and signs; put names into a list");
    }
    if (nesting > MAX_NESTING) {
      refuse(Code.SIZE, "nests brackets deeper than " + MAX_NESTING);
    }
  }

  /** Nobody who reads the rule sees these, or sees them where they are not. */
  private void characters() {
    int row = 1;
    for (int i = 0; i < sql.length(); i += Character.charCount(sql.codePointAt(i))) {
      int c = sql.codePointAt(i);
      if (c == '\n') {
        row++;
      } else if (invisible(c) && !(c == '\r' && sql.startsWith("\n", i + 1))) {
        violations.add(
            new Violation(
                row, Code.TEXT, String.format("has the invisible character U+%04X; remove it", c)));
      }
    }
  }

  private static boolean invisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private void token() {
    char c = sql.charAt(at);
    if (c == '\n') {
      line++;
      at++;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      at++;
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      comment();
    } else {
      tokens++;
      visible(c);
    }
  }

  private void visible(char c) {
    if (c == '\'' || c == '"') {
      quoted(c);
    } else if (wordPart(c)) {
      int start = at;
      while (at < sql.length() && wordPart(sql.charAt(at))) {
        at++;
      }
      prefixOfLiteral(sql.substring(start, at));
    } else {
      sign(c);
      at++;
    }
  }

  private void sign(char c) {
    if (c == '(' || c == '[' || c == '{') {
      nesting++;
    } else if (c == ')' || c == ']' || c == '}') {
      nesting--;
    } else if (c == '$') {
      refuse(Code.TEXT, "uses $, for a parameter or a literal; write '…' with '' for a quote");
    } else if (c == '`') {
      refuse(Code.TEXT, "uses `, which is no quote; write \"…\" around a name");
    } else if (c > '~') {
      refuse(Code.TEXT, String.format("has U+%04X outside of a literal", (int) c));
    }
  }

  private void prefixOfLiteral(String word) {
    String rest = sql.substring(at, Math.min(sql.length(), at + 2));
    boolean unicode =
        word.equalsIgnoreCase("u") && (rest.startsWith("&'") || rest.startsWith("&\""));
    if (unicode || (rest.startsWith("'") && word.matches("(?i)[a-z]"))) {
      refuse(Code.TEXT, "has a literal of the kind " + word + "'…'; write '…' alone");
    }
  }

  private void quoted(char quote) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\n') {
        line++;
      } else if (c == quote) {
        if (at == sql.length() || sql.charAt(at) != quote) {
          return;
        }
        at++;
      } else if (quote == '"' && (c < ' ' || c > '~')) {
        refuse(Code.TEXT, String.format("has U+%04X in a name", (int) c));
      }
    }
  }

  /** Comments nest in DuckDB and not in every other engine, so they must not. */
  private void comment() {
    int start = at;
    int end = sql.indexOf("*/", at + 2);
    at = end < 0 ? sql.length() : end + 2;
    String text = sql.substring(start + 2, Math.max(start + 2, at - 2));
    if (text.contains("/*")) {
      refuse(Code.TEXT, "has a comment within a comment");
    }
    line += (int) text.chars().filter(c -> c == '\n').count();
  }

  private static boolean wordPart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void refuse(Code code, String message) {
    violations.add(new Violation(line, code, message));
  }
}
