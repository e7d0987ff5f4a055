// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.report.SarifText;
import dev.trailcam.analyzer.report.Times;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JSON Lines, for each capture one statement of in-toto with the predicate {@code runtime-trace}.
 * Its subjects are what was built, as far as somebody says it, and the sealed files that hold the
 * whole trace; the predicate itself tells the executions that were found. It is not signed: whoever
 * vouches for it signs.
 */
public final class Statements {
  private static final String PREDICATE = "https://in-toto.io/attestation/runtime-trace/v0.1";
  private static final String MONITOR = "https://trailcam.dev/recorder/format-";
  private static final String GITHUB = "github";

  private final Dossier dossier;
  private final List<Subject> built;

  /**
   * Something that a statement is about.
   *
   * @param name its name
   * @param sha256 its hash, 64 hexadecimal digits
   */
  public record Subject(String name, String sha256) {}

  /**
   * Statements about the captures of a dossier.
   *
   * @param built what came out of what was recorded
   */
  public Statements(Dossier dossier, List<Subject> built) {
    this.dossier = dossier;
    this.built = List.copyOf(built);
  }

  /** Writes a line for each capture, in their order; the caller flushes. */
  public void write(List<Capture> captures, PrintWriter out) {
    captures.forEach(capture -> statement(capture).line(out));
  }

  private Tree statement(Capture capture) {
    ManifestEntry.Start start = capture.manifest().start();
    Tree predicate =
        new Tree()
            .with(
                "monitor",
                new Tree()
                    .with("type", MONITOR + start.formatVersion())
                    .with("tracePolicy", policy(capture)))
            .with("monitoredProcess", monitored(start))
            .with("monitorLog", new Tree().withAll("process", executions(capture)))
            .with("metadata", metadata(capture));
    return new Tree()
        .with("_type", "https://in-toto.io/Statement/v1")
        .withAll("subject", subjects(capture))
        .with("predicateType", PREDICATE)
        .with("predicate", predicate);
  }

  private List<Object> subjects(Capture capture) {
    List<Object> subjects = new ArrayList<>();
    built.forEach(one -> subjects.add(subject(one.name(), one.sha256())));
    // It holds the hash of the line before, and so on: with it nothing can be cut off.
    subjects.add(
        subject(
            capture.id() + "/" + CaptureLayout.MANIFEST + "#last-line",
            capture.manifest().headHash()));
    for (Segment segment : capture.segments()) {
      subjects.add(subject(capture.id() + "/" + segment.entry().file(), segment.entry().sha256()));
    }
    return subjects;
  }

  private static Map<String, Object> subject(String name, String sha256) {
    return new Tree().with("name", name).with("digest", new Tree().with("sha256", sha256)).map();
  }

  private Tree policy(Capture capture) {
    ManifestEntry.Start start = capture.manifest().start();
    return new Tree()
        .with("recorder", start.recorder())
        .with("scope", start.scope())
        .with("command", start.command())
        .with("watched", start.watched())
        .with("argvLimitBytes", start.argvLimitBytes())
        .with("secrets", start.secrets())
        .with("logged", "executions that a rule found")
        .with("replayedBy", dossier.tool() + ", " + dossier.engine())
        .with(
            "rules",
            dossier.rules().stream()
                .map(
                    rule ->
                        new Tree()
                            .with("id", rule.id())
                            .with("version", rule.version())
                            .with("sha256", rule.sha256())
                            .map())
                .toList())
        .with("complete", capture.whole())
        .with("verdict", dossier.verdict().id())
        .with("problems", capture.problems().stream().map(Statements::problem).toList());
  }

  private static String problem(EvidenceProblem problem) {
    return problem.path() + ": " + problem.message();
  }

  private static Tree monitored(ManifestEntry.Start start) {
    CiContext ci = start.ci() == null ? CiContext.NONE : start.ci();
    boolean github = GITHUB.equals(ci.provider());
    return new Tree()
        .with("hostID", github ? "https://github.com" : "dns:" + SarifText.uri(start.host()))
        .with(
            "type",
            github
                ? "https://actions.github.io/buildtypes/workflow/v1"
                : "https://trailcam.dev/process/" + SarifText.uri(scope(start)))
        .with("event", event(start, ci, github));
  }

  private static String scope(ManifestEntry.Start start) {
    return start.scope() == null ? "machine" : start.scope();
  }

  /** What tells the run from all others. */
  private static String event(ManifestEntry.Start start, CiContext ci, boolean github) {
    if (github && ci.projectPath() != null && ci.runId() != null) {
      String attempt = ci.runAttempt() == null ? "1" : ci.runAttempt();
      return "https://github.com/"
          + SarifText.uri(ci.projectPath())
          + "/actions/runs/"
          + SarifText.uri(ci.runId())
          + "/attempts/"
          + SarifText.uri(attempt);
    }
    return Stream.of(ci.provider(), ci.projectPath(), ci.runId(), ci.job(), start.captureId())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private static Tree metadata(Capture capture) {
    ClockReading ended = capture.manifest().end().map(ManifestEntry.End::clock).orElse(null);
    return new Tree()
        .with("buildStartedOn", Times.utc(capture.manifest().start().clock().realNs()))
        .with("buildFinishedOn", ended == null ? null : Times.utc(ended.realNs()));
  }

  private List<Object> executions(Capture capture) {
    List<Object> executions = new ArrayList<>();
    for (DossierFinding finding : dossier.findings()) {
      if (finding.captureId().equals(capture.id())) {
        executions.add(execution(finding));
      }
    }
    return executions;
  }

  private static Map<String, Object> execution(DossierFinding finding) {
    DossierFinding.Executed process = finding.process();
    return new Tree()
        .with("eventType", "exec")
        .with("time", Times.utc(finding.tsNs()))
        .with("processBinary", process.program())
        .with("arguments", process.argv())
        .with("pid", process.pid())
        .with("uid", process.uid())
        .with("execId", finding.execId())
        .with("finding", finding.id())
        .with("rule", finding.rule().id())
        .with("severity", finding.severity().id())
        .with("suppressed", !finding.open())
        .map();
  }
}
