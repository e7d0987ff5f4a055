// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Lines in OCSF: a Detection Finding (class 2004) for each finding. What was not as it should
 * be comes first, as findings of unknown severity. What OCSF has no attribute for is in {@code
 * unmapped}, as flat text.
 */
public final class OcsfRows {
  static final String VERSION = "1.5.0";
  private static final long NS_PER_MS = 1_000_000;
  private static final long CLASS = 2004;
  private static final long CREATE = 1;

  private static final String FILE = "STRUCT(name VARCHAR, path VARCHAR, type_id INTEGER)";
  private static final String USER = "STRUCT(uid VARCHAR)";
  private static final String PARENT =
      "STRUCT(pid BIGINT, name VARCHAR, cmd_line VARCHAR, file " + FILE + ")";
  private static final String PROCESS =
      "STRUCT(pid BIGINT, uid VARCHAR, name VARCHAR, cmd_line VARCHAR, file "
          + FILE
          + ", \"user\" "
          + USER
          + ", parent_process "
          + PARENT
          + ")";
  private static final String NAMED = "STRUCT(uid VARCHAR)";
  private static final String FINDING_INFO =
      "STRUCT(uid VARCHAR, title VARCHAR, \"desc\" VARCHAR, first_seen_time BIGINT, analytic"
          + " STRUCT(uid VARCHAR, name VARCHAR, type_id INTEGER, type VARCHAR, version VARCHAR),"
          + " attacks STRUCT(version VARCHAR, tactic "
          + NAMED
          + ", technique "
          + NAMED
          + ", sub_technique "
          + NAMED
          + ")[])";

  private final Dossier dossier;
  private final Product product;

  OcsfRows(Dossier dossier) {
    this.dossier = dossier;
    this.product = Product.of(dossier.tool());
  }

  /** The columns of a table of the rows, with their types in DuckDB's SQL. */
  public static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("activity_id", "INTEGER");
    columns.put("activity_name", "VARCHAR");
    columns.put("category_uid", "INTEGER");
    columns.put("category_name", "VARCHAR");
    columns.put("class_uid", "INTEGER");
    columns.put("class_name", "VARCHAR");
    columns.put("type_uid", "BIGINT");
    columns.put("type_name", "VARCHAR");
    columns.put("time", "BIGINT");
    columns.put("severity_id", "INTEGER");
    columns.put("severity", "VARCHAR");
    columns.put("status_id", "INTEGER");
    columns.put("status", "VARCHAR");
    columns.put("is_alert", "BOOLEAN");
    columns.put("message", "VARCHAR");
    columns.put(
        "metadata",
        "STRUCT(version VARCHAR, uid VARCHAR, log_name VARCHAR, product STRUCT(name VARCHAR,"
            + " vendor_name VARCHAR, version VARCHAR))");
    columns.put("finding_info", FINDING_INFO);
    columns.put("device", "STRUCT(hostname VARCHAR, type_id INTEGER, type VARCHAR)");
    columns.put("evidences", "STRUCT(process " + PROCESS + ")[]");
    columns.put("unmapped", "MAP(VARCHAR, VARCHAR)");
    return columns;
  }

  void write(PrintWriter out) {
    dossier.gaps().forEach(gap -> row(gap).line(out));
    dossier.findings().forEach(finding -> row(finding).line(out));
  }

  private static Tree head(long tsNs, long severityId, String severity) {
    return new Tree()
        .with("activity_id", CREATE)
        .with("activity_name", "Create")
        .with("category_uid", 2)
        .with("category_name", "Findings")
        .with("class_uid", CLASS)
        .with("class_name", "Detection Finding")
        .with("type_uid", CLASS * 100 + CREATE)
        .with("type_name", "Detection Finding: Create")
        .with("time", Math.floorDiv(tsNs, NS_PER_MS))
        .with("severity_id", severityId)
        .with("severity", severity);
  }

  private Tree metadata(String uid, String log) {
    return new Tree()
        .with("version", VERSION)
        .with("uid", uid)
        .with("log_name", log)
        .with(
            "product",
            new Tree()
                .with("name", product.name())
                .with("vendor_name", Product.VENDOR)
                .with("version", product.version()));
  }

  private Tree row(Gap gap) {
    String id = "trailcam-" + gap.kind().id();
    return head(gap.tsNs(), 0, "Unknown")
        .with("status_id", 1)
        .with("status", "New")
        .with("is_alert", true)
        .with("message", "INCOMPLETE: " + TerminalText.plain(gap.sentence()))
        .with("metadata", metadata(null, null))
        .with(
            "finding_info",
            new Tree()
                .with("uid", id)
                .with("title", "No finding may mean nothing here")
                .with("desc", gap.message()))
        .with("unmapped", new Tree().with("place", gap.place()).with("kind", gap.kind().id()));
  }

  private Tree row(DossierFinding finding) {
    DossierFinding.RuleIdentity rule = finding.rule();
    Tree analytic =
        new Tree()
            .with("uid", rule.id())
            .with("name", rule.title())
            .with("type_id", 1)
            .with("type", "Rule")
            .with("version", Long.toString(rule.version()));
    return head(finding.tsNs(), finding.severityNumber(), caption(finding.severity()))
        .with("status_id", finding.open() ? 1 : 3)
        .with("status", finding.open() ? "New" : "Suppressed")
        .with("is_alert", finding.open())
        .with("message", finding.headline())
        .with("metadata", metadata(finding.id(), finding.captureId()))
        .with(
            "finding_info",
            new Tree()
                .with("uid", finding.id())
                .with("title", rule.title())
                .with("desc", finding.reason())
                .with("first_seen_time", Math.floorDiv(finding.tsNs(), NS_PER_MS))
                .with("analytic", analytic)
                .with("attacks", attacks(rule)))
        .with(
            "device",
            new Tree().with("hostname", finding.host()).with("type_id", 0).with("type", "Unknown"))
        .with("evidences", List.of(new Tree().with("process", process(finding).map()).map()))
        .with("unmapped", unmapped(finding));
  }

  private static String caption(Severity severity) {
    String id = severity.id();
    return Character.toUpperCase(id.charAt(0)) + id.substring(1);
  }

  /** A rule says which tactics and which techniques, and not which for which. */
  private static List<Object> attacks(DossierFinding.RuleIdentity rule) {
    List<Object> attacks = new ArrayList<>();
    for (String tactic : rule.tactics()) {
      attacks.add(attack().with("tactic", named(tactic)).map());
    }
    for (String id : rule.techniques().stream().filter(Techniques::is).toList()) {
      String whole = Techniques.whole(id);
      attacks.add(
          attack()
              .with("technique", named(whole))
              .with("sub_technique", id.equals(whole) ? null : named(id))
              .map());
    }
    return attacks;
  }

  private static Tree attack() {
    return new Tree().with("version", AttackCatalogue.VERSION);
  }

  private static Tree named(String uid) {
    return new Tree().with("uid", uid);
  }

  private static Tree process(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    Tree parent =
        common(process.parentProgram())
            .with("cmd_line", process.parentCommand())
            .with("pid", process.ancestors().isEmpty() ? null : process.ancestors().get(0).pid());
    return common(process.program())
        .with("pid", process.pid())
        .with("uid", finding.execId())
        .with("cmd_line", process.command())
        .with("user", named(Long.toString(process.euid())))
        // Without a number it is none to OCSF.
        .with("parent_process", process.ancestors().isEmpty() ? null : parent);
  }

  private static Tree common(String program) {
    String name = DossierFinding.Executed.name(program);
    Tree file = new Tree().with("name", name).with("path", program).with("type_id", 1);
    return new Tree().with("name", name).with("file", program == null ? null : file);
  }

  private Tree unmapped(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    Tree unmapped =
        new Tree()
            .with("evidence_complete", Boolean.toString(dossier.complete()))
            .with("verdict", dossier.verdict().id())
            .with("environment", finding.environment())
            .with("incident", finding.incident())
            .with("segment", finding.segment())
            .with("segment_sha256", finding.segmentSha256())
            .with("cwd", process.cwd())
            .with("real_uid", Long.toString(process.uid()))
            .with("container_id", process.containerId());
    finding.ci().forEach((name, value) -> unmapped.with("ci_" + name, value));
    finding
        .suppression()
        .ifPresent(mark -> unmapped.with("suppression", mark.id() + ": " + mark.reason()));
    return unmapped;
  }
}
