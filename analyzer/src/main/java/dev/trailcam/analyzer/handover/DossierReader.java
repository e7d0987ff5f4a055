// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.report.Documents;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a dossier of a result, as it comes out of a replay or as {@code replay --format json} or
 * {@code ndjson} wrote it down. Both go the same way, so that both say the same.
 */
public final class DossierReader {
  // Of two members of one name, another reader may see the other.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<DossierFinding> findings = new ArrayList<>();
  private final List<Fields> windows = new ArrayList<>();
  private Fields summary;

  private DossierReader() {}

  /** What a replay found. */
  public static Dossier of(ReplayResult result) {
    DossierReader reader = new DossierReader();
    result
        .findings()
        .forEach(
            finding ->
                reader.findings.add(FindingReader.read(new Fields(Documents.finding(finding)))));
    result.windows().forEach(window -> reader.windows.add(new Fields(Documents.window(window))));
    reader.summary = new Fields(Documents.summary(result));
    return reader.dossier();
  }

  /**
   * What was written down.
   *
   * @throws IOException if it cannot be read, is no result, or was cut; the message names the file
   */
  public static Dossier read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + (Files.exists(file) ? " is no regular file" : " does not exist"));
    }
    DossierReader reader = new DossierReader();
    try (Reader text = Files.newBufferedReader(file);
        MappingIterator<Map<?, ?>> documents = MAPPER.readerFor(Map.class).readValues(text)) {
      while (documents.hasNext()) {
        reader.document(new Fields(documents.next()));
      }
      return reader.dossier();
    } catch (JacksonException | CharacterCodingException e) {
      throw new IOException(
          file + ": is no saved result, or was cut: it is no valid JSON; see replay --format json",
          e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": is no saved result of replay: " + e.getMessage(), e);
    }
  }

  private void document(Fields document) {
    switch (document.has("type") ? document.text("type") : "") {
      case "finding" -> findings.add(FindingReader.read(document));
      case "inconclusive_window" -> windows.add(document);
      case "summary" -> summary(document);
      case "" -> {
        document.objects("findings").forEach(one -> findings.add(FindingReader.read(one)));
        windows.addAll(document.objects("inconclusive_windows"));
        summary(document.object("summary"));
      }
      default -> {
        // A later version says more.
      }
    }
  }

  private void summary(Fields document) {
    if (summary != null) {
      throw new IllegalArgumentException("it has two summaries");
    }
    summary = document;
  }

  private Dossier dossier() {
    if (summary == null) {
      throw new IllegalArgumentException("it has no summary: it was cut");
    }
    require("findings", findings.size());
    require("inconclusive_windows", windows.size());
    List<Dossier.Capture> captures = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    GapReader gapReader = new GapReader(gaps);
    summary.objects("unreadable").forEach(problem -> gapReader.evidence(problem, 0));
    for (Fields capture : summary.objects("captures")) {
      captures.add(
          new Dossier.Capture(
              capture.text("path"), capture.text("capture_id"), capture.text("host")));
      gapReader.capture(capture);
    }
    boolean whole = gaps.isEmpty() && summary.flag("evidence_complete");
    if (!whole && gaps.isEmpty()) {
      gaps.add(new Gap(Gap.Kind.EVIDENCE, "?", "the evidence is incomplete; nobody says why", 0));
    }
    windows.forEach(gapReader::window);
    gapReader.rules(summary);
    return new Dossier(
        summary.text("tool"),
        summary.text("engine"),
        verdict(summary.text("verdict")),
        whole,
        summary.number("executions"),
        captures,
        summary.objects("rules").stream().map(DossierReader::rule).toList(),
        gaps,
        findings);
  }

  private void require(String what, int held) {
    long said = summary.number(what);
    if (said != held) {
      throw new IllegalArgumentException(
          "it holds " + held + " " + what + ", and its summary says " + said + ": it was cut");
    }
  }

  private static Dossier.RuleRun rule(Fields rule) {
    return new Dossier.RuleRun(rule.text("id"), rule.number("version"), rule.text("sha256"));
  }

  private static Verdict verdict(String id) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it has an unknown verdict"));
  }
}
