// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.report.Times;
import java.io.PrintWriter;
import java.util.List;

/**
 * JSON Lines in the Elastic Common Schema: an alert for each finding. What was not as it should be
 * comes first, as what ECS calls a pipeline error. Everything is marked as a replay, since it may
 * have happened long before it is indexed.
 */
final class EcsExport {
  static final String VERSION = "9.4.0";
  private static final String DATASET = "trailcam.";

  private final Dossier dossier;
  private final Product product;

  EcsExport(Dossier dossier) {
    this.dossier = dossier;
    this.product = Product.of(dossier.tool());
  }

  void write(PrintWriter out) {
    dossier.gaps().forEach(gap -> document(gap).line(out));
    dossier.findings().forEach(finding -> document(finding).line(out));
  }

  private Tree document(long tsNs, String message, Tree event, Tree labels) {
    return new Tree()
        .with("@timestamp", Times.utc(tsNs))
        .with("ecs", new Tree().with("version", VERSION))
        .with("message", message)
        .with("tags", List.of("trailcam", "replay"))
        .with("labels", labels.with("verdict", dossier.verdict().id()))
        .with("event", event.with("module", "trailcam").with("provider", product.name()))
        .with(
            "observer",
            new Tree()
                .with("vendor", Product.VENDOR)
                .with("product", product.name())
                .with("version", product.version()));
  }

  private Tree document(Gap gap) {
    return document(
        gap.tsNs(),
        "INCOMPLETE: " + TerminalText.plain(gap.sentence()),
        new Tree()
            .with("kind", "pipeline_error")
            .with("dataset", DATASET + gap.kind().id())
            .with("reason", gap.message()),
        new Tree().with("place", gap.place()));
  }

  private Tree document(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    return document(finding.tsNs(), finding.headline(), event(finding), labels(finding))
        .with(
            "rule",
            new Tree()
                .with("id", finding.rule().id())
                .with("name", finding.rule().title())
                .with("version", Long.toString(finding.rule().version())))
        .with("threat", threat(finding))
        .with("host", new Tree().with("name", finding.host()).with("hostname", finding.host()))
        .with("container", new Tree().with("id", process.containerId()))
        .with("user", new Tree().with("id", Long.toString(process.euid())))
        .with("process", process(finding))
        .with("related", new Tree().with("hosts", List.of(finding.host())));
  }

  private static Tree event(DossierFinding finding) {
    return new Tree()
        .with("kind", "alert")
        .with("category", List.of("process"))
        .with("type", List.of("start"))
        .with("dataset", DATASET + "finding")
        .with("id", finding.id())
        .with("severity", finding.severityNumber())
        .with("reason", finding.reason());
  }

  /** Flat, and text alone: so ECS wants them. */
  private Tree labels(DossierFinding finding) {
    Tree labels =
        new Tree()
            .with("severity", finding.severity().id())
            .with("environment", finding.environment())
            .with("suppressed", Boolean.toString(!finding.open()))
            .with("evidence_complete", Boolean.toString(dossier.complete()))
            .with("incident", finding.incident())
            .with("exec_id", finding.execId())
            .with("capture_id", finding.captureId())
            .with("segment", finding.segment())
            .with("segment_sha256", finding.segmentSha256());
    finding.ci().forEach((name, value) -> labels.with("ci_" + name, value));
    return labels;
  }

  private static Tree threat(DossierFinding finding) {
    if (finding.rule().techniques().isEmpty() && finding.rule().tactics().isEmpty()) {
      return null;
    }
    return new Tree()
        .with("framework", "MITRE ATT&CK")
        .with("tactic", new Tree().with("id", finding.rule().tactics()))
        .with("technique", Techniques.of(finding.rule().techniques()).ecs());
  }

  private static Tree process(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    return common(process.program(), process.argv())
        .with("pid", process.pid())
        .with("entity_id", finding.execId())
        .with("command_line", process.command())
        .with("working_directory", process.cwd())
        .with("user", new Tree().with("id", Long.toString(process.euid())))
        .with("real_user", new Tree().with("id", Long.toString(process.uid())))
        .with(
            "parent",
            common(process.parentProgram(), process.parentArgv())
                .with("command_line", process.parentCommand())
                .with(
                    "pid",
                    process.ancestors().isEmpty() ? null : process.ancestors().get(0).pid()));
  }

  private static Tree common(String program, List<String> argv) {
    return new Tree()
        .with("executable", program)
        .with("name", DossierFinding.Executed.name(program))
        .with("args", argv)
        .with("args_count", argv == null ? null : argv.size());
  }
}
