// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;
import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.explanation.Explanation;
import dev.trailcam.analyzer.explanation.PartResult;
import dev.trailcam.analyzer.explanation.TermResult;
import dev.trailcam.analyzer.findings.Execution;
import java.util.List;
import java.util.stream.Collectors;

/** An explanation for the author of a rule: the answer, the execution, then term by term. */
final class ExplainTable {
  private static final int PART = 2;
  private static final int VALUE = 12;

  private final Explanation explanation;
  private final Page page;

  ExplainTable(Explanation explanation, Page page) {
    this.explanation = explanation;
    this.page = page;
  }

  void write() {
    answer();
    execution();
    page.blank();
    page.line(0, page.style().bold(plain(explanation.rule().file())));
    explanation.parts().forEach(this::part);
    problems();
  }

  private void answer() {
    String id = plain(explanation.rule().id());
    if (explanation.reason().isPresent()) {
      page.line(0, page.style().bold(id + " fires") + ", " + explanation.severity().id());
      page.labelledProse(0, "why", plain(explanation.reason().get()));
      return;
    }
    page.line(0, page.style().bold(id + " does not fire"));
    explanation
        .firstStop()
        .ifPresent(
            stop ->
                page.labelledProse(
                    0,
                    stop.term() ? "failed" : "no row",
                    (stop.line() == 0 ? "" : "line " + stop.line() + ": ") + plain(stop.text())));
    if (!explanation.evidenceProblems().isEmpty()) {
      page.line(0, page.style().warning("The evidence is incomplete: see the end"));
    }
  }

  private void execution() {
    Execution execution = explanation.execution();
    page.blank();
    page.labelled(
        0,
        "exec",
        execution.execId()
            + " at "
            + Times.utc(execution.tsNs())
            + " on "
            + plain(execution.host())
            + page.style().dim(", capture " + plain(explanation.captureId())));
    page.labelled(
        0,
        "command",
        execution.argv() == null
            ? "(arguments could not be read)"
            : TerminalText.shell(execution.argv()));
    page.labelled(0, "program", TerminalText.plainOrUnknown(execution.program()));
    for (Explanation.KnownName name : explanation.names()) {
      page.labelledProse(
          0,
          "name",
          plain(name.name()) + (name.origin().isEmpty() ? "" : ": " + plain(name.origin())));
    }
    if (explanation.names().isEmpty()) {
      page.labelled(0, "name", "none is known");
    }
  }

  private void part(PartResult part) {
    page.blank();
    page.line(
        PART,
        page.style().bold(plain(part.name()))
            + (part.alone() ? "" : "  (looks at several executions together: of all of them)"));
    for (PartResult.SourceResult source : part.sources()) {
      row(source.line(), "from", plain(source.text()), count(source.rows(), "row"));
      source.on().forEach(this::term);
    }
    part.terms().forEach(this::term);
    part.problem().ifPresent(problem -> page.prose(PART, plain(problem), 2));
    row(
        0,
        "gives",
        "",
        count(part.rows(), "row")
            + (part.alone() || part.own() < 0 ? "" : ", " + part.own() + " of this execution"));
  }

  private void row(int line, String what, String text, String result) {
    String place = line == 0 ? "" : Integer.toString(line);
    page.labelledProse(
        PART,
        " ".repeat(Math.max(0, 4 - place.length())) + place + " " + what,
        text + (text.isEmpty() ? "" : " -> ") + result);
  }

  private void term(TermResult term) {
    row(
        term.line(),
        term.depth() == 0 ? term.clause() : ". ".repeat(term.depth()),
        plain(term.text()),
        value(term));
    if (term.rows() > 0) {
      term.values()
          .forEach(
              values ->
                  page.prose(VALUE + PART, plain(values.column()) + " = " + shown(values), 2));
    }
    term.nearest()
        .ifPresent(
            nearest ->
                page.prose(
                    VALUE + PART,
                    "nearest: "
                        + plain(nearest.one())
                        + " and "
                        + plain(nearest.other())
                        + ", "
                        + count(nearest.edits(), "character")
                        + " apart",
                    2));
  }

  /** Of one row its value; of more how many. */
  private String value(TermResult term) {
    if (term.rows() == 0) {
      return "asked of no row";
    }
    if (term.rows() == 1) {
      return term.holds() == 1 ? "true" : term.unknown() == 1 ? "NULL" : "false";
    }
    return "true for "
        + term.holds()
        + " of "
        + count(term.rows(), "row")
        + (term.unknown() == 0 ? "" : ", NULL for " + term.unknown())
        + (term.depth() == 0 && term.left() != term.holds() ? ", leaves " + term.left() : "");
  }

  private static String shown(TermResult.ColumnValues values) {
    String examples =
        values.examples().stream()
            .map(value -> TerminalText.shell(List.of(value)))
            .collect(Collectors.joining(", "));
    long more = values.distinct() - values.examples().size();
    return (examples.isEmpty() ? "NULL" : examples)
        + (more > 0 ? " and " + more + " more" : "")
        + (values.unknown() && !examples.isEmpty() ? ", NULL" : "");
  }

  private void problems() {
    if (!explanation.evidenceProblems().isEmpty()) {
      page.blank();
      page.line(0, page.style().warning("What is wrong with the evidence"));
      explanation
          .evidenceProblems()
          .forEach(problem -> page.line(PART, ReplayTable.sentence(problem)));
    }
  }
}
