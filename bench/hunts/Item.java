// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * One comparison of a plain rule: a field, how it is compared, and the texts it is compared with, of
 * which one must match, or all with {@link How#CONTAINS_ALL}.
 */
record Item(Field field, How how, List<String> texts) {

  /** What plain rules look at: its name in flattened events, and how rules and DuckDB get it. */
  enum Field {
    COMMAND_LINE("cmdline", "cmdline(argv)", "array_to_string(argv, ' ')"),
    IMAGE("exe", "exe", "exe"),
    PARENT_IMAGE("parent_exe", "parent_exe", "parent_exe"),
    PARENT_COMMAND_LINE(
        "parent_cmdline", "cmdline(parent_argv)", "array_to_string(parent_argv, ' ')"),
    DIRECTORY("cwd", "cwd", "cwd"),
    USER("uid", "uid", "uid");

    private final String flat;
    private final String rule;
    private final String duckdb;

    Field(String flat, String rule, String duckdb) {
      this.flat = flat;
      this.rule = rule;
      this.duckdb = duckdb;
    }
  }

  enum How {
    ENDS,
    CONTAINS,
    CONTAINS_ALL,
    STARTS,
    EXACT,
    REGEX
  }

  /** Ways to ask the same. */
  enum Language {
    RULE,
    DUCKDB,
    SQLITE,
    JQ
  }

  /** The condition, in brackets where it has several parts. */
  String in(Language language) {
    boolean jq = language == Language.JQ;
    if (texts.size() == 1) {
      return one(language, texts.get(0));
    }
    String or = how == How.CONTAINS_ALL ? (jq ? " and " : " AND ") : (jq ? " or " : " OR ");
    StringJoiner all = new StringJoiner(or, "(", ")");
    texts.forEach(text -> all.add(one(language, text)));
    return all.toString();
  }

  private String one(Language language, String text) {
    return switch (language) {
      case RULE -> rule(quoted(text));
      case DUCKDB -> duckdb(quoted(text));
      case SQLITE -> sqlite(quoted(text), text.length());
      case JQ -> jq(json(text));
    };
  }

  private String rule(String text) {
    return switch (how) {
      case ENDS -> "ends(" + field.rule + ", " + text + ")";
      case CONTAINS, CONTAINS_ALL -> "has_substr(" + field.rule + ", " + text + ")";
      case STARTS -> "starts(" + field.rule + ", " + text + ")";
      case REGEX -> "matches(" + field.rule + ", " + text + ")";
      case EXACT ->
          field == Field.USER
              ? "uid = 0"
              : "coalesce(" + field.rule + " = " + text + ", false)";
    };
  }

  private String duckdb(String text) {
    String test =
        switch (how) {
          case ENDS -> "ends_with(" + field.duckdb + ", " + text + ")";
          case CONTAINS, CONTAINS_ALL -> "contains(" + field.duckdb + ", " + text + ")";
          case STARTS -> "starts_with(" + field.duckdb + ", " + text + ")";
          case REGEX -> "regexp_matches(" + field.duckdb + ", " + text + ")";
          case EXACT -> field == Field.USER ? "uid = 0" : field.duckdb + " = " + text;
        };
    return "coalesce(" + test + ", false)";
  }

  private String sqlite(String text, int length) {
    String test =
        switch (how) {
          case ENDS -> "substr(" + field.flat + ", -" + length + ") = " + text;
          case CONTAINS, CONTAINS_ALL -> "instr(" + field.flat + ", " + text + ") > 0";
          case STARTS -> "substr(" + field.flat + ", 1, " + length + ") = " + text;
          case REGEX -> field.flat + " REGEXP " + text;
          case EXACT -> field == Field.USER ? "uid = 0" : field.flat + " = " + text;
        };
    return "coalesce(" + test + ", 0)";
  }

  private String jq(String text) {
    String value = "(." + field.flat + " // \"\")";
    return switch (how) {
      case ENDS -> "(" + value + " | endswith(" + text + "))";
      case CONTAINS, CONTAINS_ALL -> "(" + value + " | contains(" + text + "))";
      case STARTS -> "(" + value + " | startswith(" + text + "))";
      case REGEX -> "(" + value + " | test(" + text + "))";
      case EXACT -> field == Field.USER ? "(.uid == 0)" : "(" + value + " == " + text + ")";
    };
  }

  /** Texts of which one stands in the event's JSON line if this holds; empty where none must. */
  List<String> literals() {
    List<String> literals = new ArrayList<>();
    if (how != How.REGEX && field != Field.USER) {
      for (String text : how == How.CONTAINS_ALL ? texts.subList(0, 1) : texts) {
        String inside = json(text);
        literals.add(inside.substring(1, inside.length() - 1));
      }
    }
    return literals;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String json(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
