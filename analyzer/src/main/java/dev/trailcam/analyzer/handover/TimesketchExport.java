// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.report.Times;
import dev.trailcam.capture.Sha256;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON Lines that Timesketch imports as they are: each has the fields {@code message}, {@code
 * datetime} and {@code timestamp_desc} that it wants. What was not as it should be comes first, as
 * events of their own.
 */
final class TimesketchExport {
  /** Well below what OpenSearch indexes of one text, 32,766 bytes of UTF-8. */
  private static final int MAX_CHARS = 8000;

  private static final long NS_PER_US = 1000;

  private final Dossier dossier;

  TimesketchExport(Dossier dossier) {
    this.dossier = dossier;
  }

  void write(PrintWriter out) {
    dossier.gaps().forEach(gap -> event(gap).line(out));
    dossier.findings().forEach(finding -> event(finding).line(out));
  }

  private static Tree at(long tsNs, String description, String message) {
    return new Tree()
        .with("message", cut(TerminalText.plain(message)))
        .with("datetime", Times.utc(tsNs))
        .with("timestamp", Math.floorDiv(tsNs, NS_PER_US))
        .with("timestamp_desc", description);
  }

  private static Tree event(Gap gap) {
    return at(gap.tsNs(), "Evidence incomplete from", "INCOMPLETE: " + gap.sentence())
        .with("data_type", "trailcam:" + gap.kind().id())
        .with("tag", List.of("trailcam", "incomplete"));
  }

  private Tree event(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    List<String> tags = new ArrayList<>(List.of("trailcam", finding.severity().id()));
    tags.add(finding.open() ? "open" : "suppressed");
    tags.addAll(finding.rule().techniques());
    Tree event =
        at(finding.tsNs(), "Execution Time", finding.headline())
            .with("data_type", "trailcam:finding")
            .with("tag", tags.stream().map(TerminalText::plain).toList())
            .with("hostname", cut(finding.host()))
            .with("rule", finding.rule().id())
            .with("rule_version", finding.rule().version())
            .with("severity", finding.severity().id())
            .with("reason", cut(finding.reason()))
            .with("command", cut(process.command()))
            .with("program", cut(process.program()))
            .with("cwd", cut(process.cwd()))
            .with("pid", process.pid())
            .with("uid", process.uid())
            .with("euid", process.euid())
            .with("login_uid", process.loginUid())
            .with("container_id", process.containerId())
            .with("parent_command", cut(process.parentCommand()))
            .with("ancestors", cut(ancestors(process)))
            .with("environment", finding.environment());
    finding.ci().forEach((name, value) -> event.with("ci_" + name, cut(value)));
    return event
        .with("finding_id", finding.id())
        .with("exec_id", finding.execId())
        .with("incident", finding.incident())
        .with("capture_id", cut(finding.captureId()))
        .with("segment", finding.segment())
        .with("segment_sha256", finding.segmentSha256())
        .with("evidence_complete", dossier.complete());
  }

  private static String ancestors(DossierFinding.Executed process) {
    return process.ancestors().stream()
        .map(one -> TerminalText.plain(one.program() == null ? "?" : one.program()))
        .collect(Collectors.joining(" < "));
  }

  /** A text that is too long is not found by anybody: it is cut, and says how to know it again. */
  private static String cut(String text) {
    if (text == null || text.length() <= MAX_CHARS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    return text.substring(0, end)
        + "... [cut of "
        + text.length()
        + " characters, sha256 "
        + Sha256.of(text)
        + "]";
  }
}
