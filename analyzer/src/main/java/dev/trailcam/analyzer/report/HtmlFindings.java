// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.HtmlTexts.shown;

import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Environment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Findings and the rules that made them. What a rule says stands there once. */
final class HtmlFindings {
  /** The worst of them; beyond that nobody reads one after the other. */
  private static final int MAX_FINDINGS = 5_000;

  /** Characters of a command line. */
  private static final int LONG = 8_000;

  private final ReplayResult result;
  private final HtmlProcesses processes;
  private final Map<CiContext, Integer> contexts = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();

  HtmlFindings(ReplayResult result, List<CiContext> contexts, HtmlProcesses processes) {
    this.processes = processes;
    this.result = result;
    contexts.forEach(ci -> this.contexts.put(ci, this.contexts.size()));
    result.rules().forEach(run -> places.put(run.rule().id(), places.size()));
  }

  List<Map<String, Object>> findings() {
    // Both kinds are worst first.
    return Stream.concat(
            result.open().stream(), result.findings().stream().filter(finding -> !finding.open()))
        .limit(MAX_FINDINGS)
        .map(this::finding)
        .toList();
  }

  List<Map<String, Object>> rules() {
    return result.rules().stream().map(HtmlFindings::rule).toList();
  }

  private Map<String, Object> finding(Finding finding) {
    Execution execution = finding.execution();
    String command = execution.argv() == null ? null : TerminalText.shell(execution.argv());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", finding.id());
    document.put("rule", places.get(finding.rule().id()));
    document.put("severity", finding.severity().id());
    document.put("reason", shown(finding.reason()));
    document.put("exec_id", execution.execId());
    document.put("incident", finding.incident());
    document.put("ts", Times.utc(execution.tsNs()));
    document.put("ts_us", HtmlDocument.micros(execution.tsNs()));
    document.put("host", shown(execution.host()));
    document.put("environment", shown(execution.environment()));
    document.put("guidance", finding.guidance().keySet().stream().map(Environment::id).toList());
    document.put("process_id", shown(execution.processId()));
    document.put("process", processes.place(execution.processId()));
    document.put("pid", execution.pid());
    document.put("program", shown(execution.program()));
    document.put("command", command == null ? null : HtmlTexts.cut(command, LONG));
    document.put("command_cut", command != null && command.length() > LONG);
    document.put("argv_truncated", execution.argvTruncated());
    document.put("cwd", shown(execution.cwd()));
    document.put("uid", execution.uid());
    document.put("euid", execution.euid());
    document.put("login_uid", execution.loginUid());
    document.put("container_id", shown(execution.containerId()));
    document.put("parent_program", shown(execution.parentExe()));
    document.put(
        "parent_command",
        execution.parentArgv() == null
            ? null
            : HtmlTexts.cut(TerminalText.shell(execution.parentArgv()), LONG));
    document.put("ancestors", execution.ancestors().stream().map(HtmlFindings::ancestor).toList());
    document.put("ci", contexts.getOrDefault(execution.ci(), -1));
    document.put("capture_id", shown(finding.captureId()));
    document.put("segment", shown(finding.segment()));
    document.put("segment_sha256", shown(finding.segmentSha256()));
    document.put("suppression", suppression(finding));
    return document;
  }

  private static Map<String, Object> suppression(Finding finding) {
    Map<String, Object> mark = SuppressionDocuments.mark(finding.suppression());
    if (mark != null) {
      mark.replaceAll((name, text) -> shown((String) text));
    }
    return mark;
  }

  private static Map<String, Object> ancestor(Execution.Ancestor ancestor) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("pid", ancestor.pid());
    document.put("comm", shown(ancestor.comm()));
    document.put("program", shown(ancestor.exe()));
    return document;
  }

  private static Map<String, Object> rule(ReplayResult.RuleRun run) {
    Rule rule = run.rule();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", rule.id());
    document.put("version", rule.version());
    document.put("title", shown(rule.title()));
    document.put("status", rule.status().id());
    document.put("sha256", rule.sha256());
    document.put("findings", run.findings());
    document.put(
        "attack",
        Stream.concat(rule.tactics().stream(), rule.techniques().stream())
            .map(HtmlFindings::attack)
            .toList());
    // Without a finding nobody asks what to do.
    boolean found = run.findings() > 0;
    document.put("what_it_sees", lines(found ? rule.page().whatItSees() : ""));
    document.put("why_it_matters", texts(found ? rule.page().whyItMatters() : Map.of()));
    document.put("what_to_do", texts(found ? rule.page().whatToDo() : Map.of()));
    document.put("what_it_misses", lines(found ? rule.page().whatItMisses() : ""));
    document.put("benign_causes", lines(found ? rule.page().benignCauses() : ""));
    return document;
  }

  private static String attack(String id) {
    return shown(
        id + AttackCatalogue.packed().find(id).map(entry -> " " + entry.name()).orElse(""));
  }

  private static Map<String, Object> texts(Map<Environment, String> texts) {
    Map<String, Object> document = new LinkedHashMap<>();
    texts.forEach((environment, text) -> document.put(environment.id(), lines(text)));
    return document;
  }

  /** A page is of several lines, of which each is shown as text from outside is. */
  private static String lines(String text) {
    return String.join("\n", text.lines().map(TerminalText::plain).toList());
  }
}
