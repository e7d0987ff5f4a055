// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.explanation.Explanation;
import dev.trailcam.analyzer.explanation.PartResult;
import dev.trailcam.analyzer.explanation.TermResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An explanation as a tree for {@link Json}; the names are only ever added. */
final class ExplainDocument {

  private ExplainDocument() {}

  static Map<String, Object> of(Explanation explanation) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("fires", explanation.reason().isPresent());
    document.put("reason", explanation.reason().orElse(null));
    document.put("severity", explanation.reason().isPresent() ? explanation.severity().id() : null);
    document.put("first_failed", explanation.firstStop().map(ExplainDocument::stop).orElse(null));
    document.put("rule", Documents.rule(explanation.rule()));
    document.put("file", explanation.rule().file());
    document.put("exec_id", explanation.execution().execId());
    document.put("ts", Times.utc(explanation.execution().tsNs()));
    document.put("host", explanation.execution().host());
    document.put("capture_id", explanation.captureId());
    document.put("process", Documents.process(explanation.execution()));
    document.put("names", explanation.names().stream().map(ExplainDocument::name).toList());
    document.put("parts", explanation.parts().stream().map(ExplainDocument::part).toList());
    document.put("evidence_complete", explanation.evidenceProblems().isEmpty());
    document.put("captures", explanation.captures().stream().map(Documents::capture).toList());
    document.put(
        "evidence_problems",
        explanation.evidenceProblems().stream().map(Documents::problem).toList());
    return document;
  }

  private static Map<String, Object> stop(Explanation.Stop stop) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("line", stop.line() == 0 ? null : stop.line());
    document.put("kind", stop.term() ? "term" : "source");
    document.put("text", stop.text());
    return document;
  }

  private static Map<String, Object> name(Explanation.KnownName name) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name.name());
    document.put("origin", name.origin());
    return document;
  }

  private static Map<String, Object> part(PartResult part) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", part.name());
    document.put("line", part.line() == 0 ? null : part.line());
    document.put("sources", part.sources().stream().map(ExplainDocument::source).toList());
    document.put("terms", terms(part.terms()));
    document.put("only_this_execution", part.alone());
    document.put("rows", part.rows());
    document.put("rows_of_this_execution", part.own() < 0 ? null : part.own());
    document.put("problem", part.problem().orElse(null));
    return document;
  }

  private static Map<String, Object> source(PartResult.SourceResult source) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("line", source.line() == 0 ? null : source.line());
    document.put("text", source.text());
    document.put("rows", source.rows());
    document.put("on", terms(source.on()));
    return document;
  }

  private static List<Map<String, Object>> terms(List<TermResult> terms) {
    return terms.stream().map(ExplainDocument::term).toList();
  }

  private static Map<String, Object> term(TermResult term) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clause", term.clause());
    document.put("line", term.line() == 0 ? null : term.line());
    document.put("text", term.text());
    document.put("depth", term.depth());
    document.put("rows", term.rows());
    document.put("true", term.holds());
    document.put("unknown", term.unknown());
    document.put("left", term.left());
    document.put("columns", term.values().stream().map(ExplainDocument::column).toList());
    document.put("nearest", term.nearest().map(ExplainDocument::nearest).orElse(null));
    return document;
  }

  private static Map<String, Object> column(TermResult.ColumnValues values) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("column", values.column());
    document.put("distinct", values.distinct());
    document.put("examples", values.examples());
    document.put("has_null", values.unknown());
    return document;
  }

  private static Map<String, Object> nearest(TermResult.Nearest nearest) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("one", nearest.one());
    document.put("other", nearest.other());
    document.put("edits", nearest.edits());
    return document;
  }
}
