// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.explanation.Answer;
import dev.trailcam.analyzer.explanation.Explanation;
import dev.trailcam.analyzer.explanation.Explanation.KnownName;
import dev.trailcam.analyzer.explanation.Part;
import dev.trailcam.analyzer.explanation.PartResult;
import dev.trailcam.analyzer.explanation.RuleParts;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says why a rule holds for an execution or does not, from the parts of the rule. */
final class Explainer {
  private static final int MAX_CANDIDATES = 10;
  private static final int NUMBER = 0;

  private final Session session;
  private final RuleRunner runner;
  private final LoadedEvidence evidence;
  private final CaptureSet set;
  private final Rule rule;

  Explainer(
      Session session, RuleRunner runner, LoadedEvidence evidence, CaptureSet set, Rule rule) {
    this.session = session;
    this.runner = runner;
    this.evidence = evidence;
    this.set = set;
    this.rule = rule;
  }

  /**
   * The answer.
   *
   * @param wanted the beginning of the execution's id, or of the id of the rule's finding for it
   */
  Answer explain(String wanted) throws SQLException, IOException {
    List<String> candidates =
        texts(
            "SELECT DISTINCT exec_id FROM execs WHERE starts_with(exec_id, "
                + literal(wanted)
                + ") OR starts_with(left(sha256("
                + literal(rule.id() + "|")
                + " || exec_id), 32), "
                + literal(wanted)
                + ") ORDER BY 1 LIMIT "
                + MAX_CANDIDATES);
    if (candidates.isEmpty()) {
      return new Answer.NoSuchExecution(
          Long.parseLong(texts("SELECT count(*) FROM execs").get(0)), problems());
    }
    if (candidates.size() > 1) {
      return new Answer.Ambiguous(candidates);
    }
    runner.run(rule, NUMBER);
    if (!runner.problems().isEmpty()) {
      return new Answer.BrokenRule(runner.problems().get(NUMBER));
    }
    return explained(candidates.get(0));
  }

  private Answer explained(String execId) throws SQLException, IOException {
    String here = " WHERE exec_id = " + literal(execId);
    Optional<String> reason = texts("SELECT reason FROM temp.hits" + here).stream().findFirst();
    Severity severity =
        texts("SELECT severity FROM temp.hits" + here + " AND severity IS NOT NULL").stream()
            .findFirst()
            .map(Severity::of)
            .orElse(rule.severity());
    SyntaxTree tree = runner.tree(rule);
    for (String view : RuleParts.tables()) {
      session.execute(
          runner.connection(),
          "CREATE TEMP TABLE " + RuleParts.tableOf(view) + " AS SELECT * FROM " + view + here);
    }
    boolean alone = isAlone(tree, here, reason);
    PartQuestions questions = new PartQuestions(session, runner, here);
    List<PartResult> parts = new ArrayList<>();
    for (Part part : RuleParts.of(tree, rule.sql(), alone)) {
      parts.add(questions.ask(part));
    }
    Finding shown = shown(execId, reason.orElse(""));
    return new Answer.Explained(
        new Explanation(
            rule,
            shown.execution(),
            shown.captureId(),
            names(here),
            reason.map(recorded -> shown.reason()),
            severity,
            parts,
            evidence.captures(),
            problems()));
  }

  /** Whether the rule says the same when it sees this execution only. */
  private boolean isAlone(SyntaxTree tree, String here, Optional<String> reason) {
    try {
      List<String> reasons =
          texts(
              "SELECT CAST(reason AS VARCHAR) FROM ("
                  + runner.written(RuleParts.whole(tree))
                  + ") AS rule"
                  + here);
      return reason.map(reasons::contains).orElse(reasons.isEmpty());
    } catch (SQLException e) {
      // The rule itself ran: it is our cutting down that it does not allow.
      return false;
    }
  }

  private List<KnownName> names(String here) throws SQLException {
    List<KnownName> names = new ArrayList<>();
    try {
      session.query(
          runner.connection(),
          "SELECT DISTINCT n.col, known_as(n.col, e.exe, e.filename) FROM execs AS e, LATERAL"
              + " explode(e.program_names) AS n"
              + here
              + " ORDER BY 1, 2",
          row -> names.add(new KnownName(row.getString(1), row.getString(2))));
    } catch (SQLException e) {
      // Words of a rule set's own may not have that one.
      texts("SELECT DISTINCT unnest(program_names) FROM execs" + here + " ORDER BY 1")
          .forEach(name -> names.add(new KnownName(name, "")));
    }
    return names;
  }

  /** The facts of the execution and the reason, got the way those of a finding are. */
  private Finding shown(String execId, String reason) throws SQLException, IOException {
    session.execute(runner.connection(), "DELETE FROM temp.hits");
    session.execute(
        runner.connection(),
        "INSERT INTO temp.hits (rule, exec_id, reason) VALUES ("
            + NUMBER
            + ", "
            + literal(execId)
            + ", "
            + literal(reason)
            + ")");
    try (FoundExecutions found = new FoundExecutions(session, false)) {
      found.add(runner);
      found.read(evidence);
      return new FindingQuery(List.of(rule), evidence.segments()).run(found.session()).get(0);
    }
  }

  private List<EvidenceProblem> problems() {
    return Stream.concat(
            set.problems().stream(),
            evidence.captures().stream().flatMap(capture -> capture.problems().stream()))
        .sorted()
        .toList();
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    session.query(runner.connection(), sql, row -> texts.add(row.getString(1)));
    return texts;
  }
}
