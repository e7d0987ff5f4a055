// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.handover.DossierFinding.RuleIdentity;
import dev.trailcam.analyzer.report.SarifText;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * SARIF 2.1.0: a result for each finding, at the segment that holds its execution. The fingerprint
 * is the finding's id, so that a code host knows it again. Everything that was not as it should be
 * is a notification, and the invocation did not succeed then.
 */
final class SarifExport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final Dossier dossier;
  private final Map<String, Integer> ruleIndex = new HashMap<>();
  private final List<Object> rules = new ArrayList<>();
  private final Map<String, String> capturePaths = new HashMap<>();

  SarifExport(Dossier dossier) {
    this.dossier = dossier;
    dossier.captures().forEach(capture -> capturePaths.putIfAbsent(capture.id(), capture.path()));
  }

  void write(PrintWriter out) {
    List<Object> results = new ArrayList<>();
    for (DossierFinding finding : dossier.findings()) {
      results.add(result(finding));
    }
    // What found nothing ran too.
    for (Dossier.RuleRun run : dossier.rules()) {
      index(run.id(), () -> new Tree().with("properties", version(run.version())));
    }
    Product product = Product.of(dossier.tool());
    Tree driver =
        new Tree()
            .with("name", product.name())
            .with("version", product.version())
            .withAll("rules", rules);
    Tree run =
        new Tree()
            .with("tool", new Tree().with("driver", driver))
            .with("invocations", List.of(invocation().map()))
            .with("columnKind", "unicodeCodePoints")
            .withAll("results", results)
            .with(
                "properties",
                new Tree()
                    .with("verdict", dossier.verdict().id())
                    .with("summary", TerminalText.plain(dossier.headline())));
    new Tree()
        .with("$schema", SCHEMA)
        .with("version", "2.1.0")
        .with("runs", List.of(run.map()))
        .document(out);
  }

  private Map<String, Object> result(DossierFinding finding) {
    RuleIdentity rule = finding.rule();
    Tree one =
        new Tree()
            .with("ruleId", rule.id())
            .with("ruleIndex", index(rule.id(), () -> rule(finding)))
            .with("level", level(finding.severity()))
            .with("message", SarifText.message(finding.headline() + ". " + finding.reason()))
            .with("locations", List.of(location(segment(finding), finding)))
            .with("partialFingerprints", Map.of("trailcamFinding/v1", finding.id()));
    finding
        .suppression()
        .ifPresent(
            mark ->
                one.with(
                    "suppressions",
                    List.of(
                        new Tree()
                            .with("kind", "external")
                            .with("justification", mark.reason() + " (" + mark.owner() + ")")
                            .map())));
    return one.with("properties", properties(finding)).map();
  }

  private static Tree properties(DossierFinding finding) {
    return new Tree()
        .with("severity", finding.severity().id())
        .with("incident", finding.incident())
        .with("exec_id", finding.execId())
        .with("ts_ns", finding.tsNs())
        .with("host", finding.host())
        .with("environment", finding.environment())
        .with("ci", finding.ci())
        .with("program", finding.process().program())
        .with("argv", finding.process().argv())
        .with("capture_id", finding.captureId())
        .with("segment_sha256", finding.segmentSha256());
  }

  private String segment(DossierFinding finding) {
    String capture = capturePaths.getOrDefault(finding.captureId(), finding.captureId());
    // With two slashes in front it would be the name of a host.
    return (capture + "/" + finding.segment()).replaceFirst("^/+", "/");
  }

  private static Map<String, Object> location(String path, DossierFinding finding) {
    Tree artifact = new Tree().with("uri", SarifText.uri(path));
    Tree physical =
        new Tree()
            .with("artifactLocation", artifact)
            // Code hosts want a line.
            .with("region", new Tree().with("startLine", 1));
    String program = finding.process().program();
    return new Tree()
        .with("physicalLocation", physical)
        .with(
            "logicalLocations",
            program == null
                ? null
                : List.of(new Tree().with("fullyQualifiedName", TerminalText.plain(program)).map()))
        .map();
  }

  private int index(String id, Supplier<Tree> description) {
    return ruleIndex.computeIfAbsent(
        id,
        key -> {
          Map<String, Object> rule = new LinkedHashMap<>();
          rule.put("id", id);
          rule.putAll(description.get().map());
          rules.add(rule);
          return rules.size() - 1;
        });
  }

  private static Tree rule(DossierFinding finding) {
    RuleIdentity rule = finding.rule();
    List<String> tags =
        Stream.concat(rule.tactics().stream(), rule.techniques().stream()).distinct().toList();
    return new Tree()
        .with("shortDescription", SarifText.message(rule.title()))
        .with(
            "properties",
            version(rule.version())
                .with("tags", tags)
                .with("security-severity", score(finding.severity())));
  }

  private static Tree version(long version) {
    return new Tree().with("version", version);
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFORMATIONAL -> "note";
    };
  }

  /** In the middle of what GitHub shows as critical, high, medium or low. */
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case INFORMATIONAL -> "0.0";
    };
  }

  private Tree invocation() {
    List<Object> notifications = new ArrayList<>();
    for (Gap gap : dossier.gaps()) {
      notifications.add(
          new Tree()
              .with("level", "error")
              .with("message", SarifText.message(gap.sentence()))
              .with("descriptor", new Tree().with("id", "trailcam-" + gap.kind().id()))
              .map());
    }
    return new Tree()
        .with("executionSuccessful", dossier.conclusive())
        .withAll("toolExecutionNotifications", notifications);
  }
}
