// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.gate.Violation;

/**
 * What can be wrong with a rule. The names are part of the interface: scripts and suppressions go
 * by them. {@code docs/writing-rules.md} has them all, with what to do.
 */
public enum LintCode {
  RULE("its metadata, its name or its files cannot be read or do not fit"),
  PAGE("the page lacks a heading, has one twice, has another or says nothing below it"),
  PAGE_TITLE("the page does not begin with the rule's title"),
  PAGE_ORDER("the headings of the page are in another order than those of every other rule"),
  CASES("the cases are missing or cannot be read"),
  CASES_FIRES("no case fires"),
  CASES_SILENT("no case stays silent"),
  CASES_MISSES("no case is known to be missed"),
  ATTACK_ID("an id is none of a tactic or of a technique known on Linux"),
  ATTACK_TACTIC("the rule names no tactic, or one that none of its techniques serves"),
  SQL_TEXT("characters or literals that read differently to people or to engines"),
  SQL_SIZE("the statement is larger or deeper than a rule has reason to be"),
  SQL_SYNTAX("the statement is no SQL"),
  SQL_STATEMENT("it is not exactly one SELECT"),
  SQL_TABLE("a table is none of the views and lists"),
  SQL_SHADOWING("a name hides a view or a list"),
  SQL_COLUMN("a column that no view and no list has"),
  SQL_FUNCTION("a function that is no word of the shared vocabulary"),
  SQL_CONSTRUCT("a construct that not every engine has"),
  SQL_UNSTEADY("it may give another answer at another time or with another number of threads"),
  SQL_BINDING("names or types do not fit the views"),
  PATTERN("a regular expression that RE2 and Java do not read alike"),
  LIST("a list cannot be read"),
  LIST_COLUMNS("a list lacks the column source, which says where each entry comes from"),
  LIST_BLANK("an entry of a list lacks its name or its source"),
  LIST_ORDER("the entries of a list are not sorted, or one is there twice"),
  LIST_UNUSED("no rule names the list"),
  LOCK("rules.lock cannot be read"),
  LOCK_MISSING("the rule is not in rules.lock, or is there with an older version"),
  LOCK_LOGIC("the rule's logic changed and its version did not"),
  LOCK_VERSION("the rule's version is lower than it was"),
  LOCK_STRAY("rules.lock names a rule that is not there"),
  SUPPRESSION("a suppression cannot be read, or its condition is none that may run"),
  SUPPRESSION_BROAD("a suppression matches more than it says"),
  SUPPRESSION_RULE("a suppression is about a rule that is not there");

  private final String meaning;

  LintCode(String meaning) {
    this.meaning = meaning;
  }

  /** What it stands for, as a clause without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** The name in outputs: upper case with hyphens, such as {@code LIST-ORDER}. */
  public String id() {
    return name().replace('_', '-');
  }

  static LintCode of(Violation.Code code) {
    return switch (code) {
      case TEXT -> SQL_TEXT;
      case SIZE -> SQL_SIZE;
      case SYNTAX -> SQL_SYNTAX;
      case STATEMENT -> SQL_STATEMENT;
      case TABLE -> SQL_TABLE;
      case SHADOWING -> SQL_SHADOWING;
      case COLUMN -> SQL_COLUMN;
      case FUNCTION -> SQL_FUNCTION;
      case CONSTRUCT -> SQL_CONSTRUCT;
      case UNSTEADY -> SQL_UNSTEADY;
      case BINDING -> SQL_BINDING;
    };
  }
}
