// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.lint.LintProblem;
import dev.trailcam.analyzer.rules.CaseSection;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCases;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes which rules there are and what is wrong with them. */
public final class RulesReport {
  private static final List<String> HEADER =
      List.of("ID", "VERSION", "SEVERITY", "STATUS", "ATT&CK", "CASES", "TITLE");
  private static final int SEVERITY = 2;

  private RulesReport() {}

  /**
   * A line in a list of rules.
   *
   * @param cases beside it; null for none
   */
  public record Listed(Rule rule, RuleCases cases) {
    private long count(CaseSection section) {
      return cases == null ? 0 : cases.count(section);
    }

    private long count() {
      return cases == null ? 0 : cases.cases().size();
    }
  }

  /** Writes a line or a document for each rule; the caller flushes. */
  public static void list(List<Listed> rules, Format format, Style style, PrintWriter out) {
    switch (format) {
      case JSON -> {
        Json.pretty(
            Documents.listed("rules", rules.stream().map(RulesReport::document).toList()), out);
        out.print('\n');
      }
      case NDJSON -> rules.forEach(rule -> line(document(rule), out));
      default -> table(rules, new Page(out, style));
    }
  }

  private static void table(List<Listed> rules, Page page) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (Listed listed : rules) {
      Rule rule = listed.rule();
      List<String> attack = new ArrayList<>(rule.tactics());
      attack.addAll(rule.techniques());
      rows.add(
          List.of(
              rule.id(),
              Integer.toString(rule.version()),
              rule.severity().id(),
              rule.status().id(),
              String.join(" ", attack),
              Long.toString(listed.count()),
              plain(rule.title())));
    }
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(r).get(i);
        String gap = i == widths.length - 1 ? "" : " ".repeat(widths[i] - cell.length() + 2);
        boolean severity = i == SEVERITY && r > 0;
        Rule rule = severity ? rules.get(r - 1).rule() : null;
        text.append(severity ? page.style().severity(rule.severity(), cell) : cell).append(gap);
      }
      page.line(0, r == 0 ? page.style().dim(text.toString()) : text.toString());
    }
  }

  private static Map<String, Object> document(Listed listed) {
    Map<String, Object> document = Documents.rule(listed.rule());
    document.put("description", listed.rule().description());
    document.put("file", listed.rule().file());
    document.put("sha256", listed.rule().sha256());
    Map<String, Object> cases = new LinkedHashMap<>();
    for (CaseSection section : CaseSection.values()) {
      cases.put(section.id(), listed.count(section));
    }
    document.put("cases", cases);
    return document;
  }

  /**
   * Writes what a lint has found; the caller flushes.
   *
   * @param rules how many rules were looked at
   * @param lists how many lists were looked at
   */
  public static void lint(
      List<LintProblem> problems, int rules, int lists, Format format, PrintWriter out) {
    switch (format) {
      case JSON -> {
        Map<String, Object> document =
            Documents.listed("problems", problems.stream().map(RulesReport::document).toList());
        document.put("rules", rules);
        document.put("lists", lists);
        Json.pretty(document, out);
        out.print('\n');
      }
      case NDJSON -> problems.forEach(problem -> line(document(problem), out));
      default -> problems.forEach(problem -> out.print(sentence(problem) + "\n"));
    }
  }

  private static String sentence(LintProblem problem) {
    return TerminalText.noCommand(plain(problem.toString()));
  }

  private static Map<String, Object> document(LintProblem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", problem.file());
    document.put("line", problem.line());
    document.put("code", problem.code().id());
    document.put("message", problem.message());
    return document;
  }

  private static void line(Map<String, Object> document, PrintWriter out) {
    Json.compact(document, out);
    out.print('\n');
  }
}
