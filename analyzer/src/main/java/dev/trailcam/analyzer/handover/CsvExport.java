// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.report.CsvText;
import dev.trailcam.analyzer.report.Times;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table for a spreadsheet. The first row says what came of it as a whole, then comes a row for
 * each thing that was not as it should be, and then one for each finding: without the first ones a
 * table without findings would look like one of a clean machine.
 */
final class CsvExport {
  private static final List<String> CI = List.of("provider", "project_path", "commit_sha", "job");
  private static final List<String> COLUMNS =
      List.of(
          "record",
          "ts",
          "severity",
          "rule",
          "rule_version",
          "title",
          "suppressed",
          "host",
          "environment",
          "message",
          "command",
          "program",
          "cwd",
          "pid",
          "uid",
          "euid",
          "login_uid",
          "container_id",
          "parent_command",
          "ci_provider",
          "ci_project_path",
          "ci_commit_sha",
          "ci_job",
          "place",
          "capture_id",
          "segment",
          "segment_sha256",
          "finding_id",
          "exec_id",
          "incident");

  private final Dossier dossier;

  CsvExport(Dossier dossier) {
    this.dossier = dossier;
  }

  /** Leaves the writer open: it is the caller's. */
  void write(PrintWriter out) {
    // Quoted, since else a line could begin with what a CI runner takes for a command.
    CsvWriter csv =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(out);
    csv.writeRecord(COLUMNS);
    csv.writeRecord(
        cells(Map.of("record", "summary", "message", dossier.headline(), "title", title())));
    dossier.gaps().forEach(gap -> csv.writeRecord(cells(row(gap))));
    dossier.findings().forEach(finding -> csv.writeRecord(cells(row(finding))));
  }

  private String title() {
    return dossier.verdict().id();
  }

  private static List<String> cells(Map<String, String> row) {
    List<String> cells = new ArrayList<>();
    COLUMNS.forEach(column -> cells.add(CsvText.cell(row.get(column))));
    return cells;
  }

  private static Map<String, String> row(Gap gap) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("record", gap.kind().id());
    row.put("ts", gap.tsNs() == 0 ? null : Times.utc(gap.tsNs()));
    row.put("message", gap.message());
    row.put("place", gap.place());
    return row;
  }

  private static Map<String, String> row(DossierFinding finding) {
    Map<String, String> row = new LinkedHashMap<>();
    DossierFinding.Executed process = finding.process();
    row.put("record", "finding");
    row.put("ts", Times.utc(finding.tsNs()));
    row.put("severity", finding.severity().id());
    row.put("rule", finding.rule().id());
    row.put("rule_version", Long.toString(finding.rule().version()));
    row.put("title", finding.rule().title());
    row.put("suppressed", finding.suppression().map(mark -> mark.reason()).orElse(null));
    row.put("host", finding.host());
    row.put("environment", finding.environment());
    row.put("message", finding.reason());
    row.put("command", process.command());
    row.put("program", process.program());
    row.put("cwd", process.cwd());
    row.put("pid", Long.toString(process.pid()));
    row.put("uid", Long.toString(process.uid()));
    row.put("euid", Long.toString(process.euid()));
    row.put("login_uid", process.loginUid() == null ? null : process.loginUid().toString());
    row.put("container_id", process.containerId());
    row.put("parent_command", process.parentCommand());
    CI.forEach(name -> row.put("ci_" + name, finding.ci().get(name)));
    row.put("capture_id", finding.captureId());
    row.put("segment", finding.segment());
    row.put("segment_sha256", finding.segmentSha256());
    row.put("finding_id", finding.id());
    row.put("exec_id", finding.execId());
    row.put("incident", finding.incident());
    return row;
  }
}
