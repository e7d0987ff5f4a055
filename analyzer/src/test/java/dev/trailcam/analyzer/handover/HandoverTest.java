// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.analyzer.handover.Dossier.Gap;
import dev.trailcam.analyzer.handover.DossierFinding.Ancestor;
import dev.trailcam.analyzer.handover.DossierFinding.Executed;
import dev.trailcam.analyzer.handover.DossierFinding.RuleIdentity;
import dev.trailcam.analyzer.handover.DossierFinding.Suppressed;
import dev.trailcam.analyzer.launcher.WorkflowCommands;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** Every format of a dossier whose every text is as nasty as can be, held to its schema. */
class HandoverTest {
  private static final int FINDINGS = 1000;
  private static final List<HandoverFormat> TEXTS =
      Arrays.stream(HandoverFormat.values())
          .filter(format -> !format.needsEvidence() && !format.needsOutput())
          .toList();
  private static final List<Severity> SEVERITIES = List.of(Severity.values());
  private static final String NASTY =
      "=+-@]]>&<'\"\\[](){}`|#*_~!:%/,;. \n\r\t\0\u001b\u0085\u009b\u00ad\u202e\u2028\ufffe\uffff";

  private final Random random = new Random(11);
  private final Dossier dossier = dossier(FINDINGS);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(10); n > 0; n--) {
      switch (random.nextInt(4)) {
        case 0 -> {
          int c = random.nextInt(Character.MAX_CODE_POINT + 1);
          text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
        }
        case 1 -> text.append("::error::x").append("##[group]").append("<b>");
        default -> text.append(NASTY.charAt(random.nextInt(NASTY.length())));
      }
    }
    return text.toString();
  }

  private String textOrNull() {
    return random.nextInt(4) == 0 ? null : text();
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      texts.add(text());
    }
    return texts;
  }

  private Dossier dossier(int count) {
    List<DossierFinding> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      findings.add(finding(i));
    }
    return new Dossier(
        "trailcam 0.1",
        text(),
        Verdict.FINDINGS,
        false,
        count,
        List.of(new Dossier.Capture("/c/" + text(), "capture-1", text())),
        List.of(new Dossier.RuleRun("rule_0", 1, text()), new Dossier.RuleRun(text(), 2, text())),
        List.of(
            new Gap(Gap.Kind.EVIDENCE, text(), text(), 0),
            new Gap(Gap.Kind.RULE, text(), text(), 1_795_320_180_000_000_000L)),
        findings);
  }

  private DossierFinding finding(int i) {
    boolean suppressed = random.nextInt(5) == 0;
    return new DossierFinding(
        "finding-" + i,
        new RuleIdentity(
            random.nextBoolean() ? "rule_" + random.nextInt(3) : text(),
            random.nextInt(9),
            text(),
            random.nextBoolean() ? List.of("TA0007") : texts(),
            random.nextBoolean() ? List.of("T1040", "T1059.004") : texts()),
        SEVERITIES.get(random.nextInt(SEVERITIES.size())),
        text(),
        text(),
        text(),
        1_795_320_180_000_000_000L + i,
        text(),
        textOrNull(),
        random.nextBoolean() ? Map.of() : Map.of("provider", text(), "job", text()),
        process(),
        Map.of(),
        random.nextBoolean() ? "capture-1" : text(),
        text(),
        text(),
        suppressed ? Optional.of(new Suppressed(text(), text(), text())) : Optional.empty());
  }

  private Executed process() {
    return new Executed(
        random.nextInt(99999),
        textOrNull(),
        random.nextInt(5) == 0 ? null : texts(),
        random.nextBoolean(),
        textOrNull(),
        0,
        1000,
        random.nextBoolean() ? null : 1000L,
        textOrNull(),
        textOrNull(),
        random.nextBoolean() ? null : texts(),
        random.nextBoolean() ? List.of() : List.of(new Ancestor(7, textOrNull(), textOrNull())));
  }

  private static String written(Dossier dossier, HandoverFormat format) {
    StringWriter out = new StringWriter();
    Handover.write(dossier, format, new PrintWriter(out));
    return out.toString();
  }

  private String written(HandoverFormat format) {
    return written(dossier, format);
  }

  @Test
  void nothingIsAControlOrACommand() {
    assertEquals(7, TEXTS.size());
    for (HandoverFormat format : TEXTS) {
      String text = written(format);
      assertFalse(
          text.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\n]].*"),
          format.toString());
      assertEquals(List.of(), WorkflowCommands.in(text), format.toString());
    }
  }

  /** What is missing comes before anything that was found, whoever reads it. */
  @Test
  void whatIsMissingComesFirst() {
    Dossier empty =
        new Dossier(
            "trailcam 0.1",
            "DuckDB",
            Verdict.INCONCLUSIVE,
            false,
            0,
            List.of(),
            List.of(),
            List.of(new Gap(Gap.Kind.EVIDENCE, "/c/exec-000001.parquet", "was altered", 0)),
            List.of());
    for (HandoverFormat format : TEXTS) {
      String text = written(empty, format);
      assertTrue(text.toLowerCase(Locale.ROOT).contains("incomplete"), text);
      boolean told = text.contains("exec-000001.parquet") && text.contains("was altered");
      assertTrue(told || format == HandoverFormat.NAVIGATOR, text);
    }
  }

  @Test
  void sarif_isOfTheSchemaAndHasAResultForEachFinding() throws IOException {
    JsonNode sarif =
        Schemas.document(
            "/dev/trailcam/analyzer/report/sarif-2.1.0-rtm.5.json", written(HandoverFormat.SARIF));
    JsonNode run = sarif.get("runs").get(0);
    assertEquals(FINDINGS, run.get("results").size());
    assertFalse(run.get("invocations").get(0).get("executionSuccessful").asBoolean());
    JsonNode rules = run.get("tool").get("driver").get("rules");
    Set<String> fingerprints = new HashSet<>();
    for (int i = 0; i < FINDINGS; i++) {
      JsonNode one = run.get("results").get(i);
      DossierFinding finding = dossier.findings().get(i);
      assertEquals(one.get("ruleId"), rules.get(one.get("ruleIndex").intValue()).get("id"));
      assertEquals(finding.open(), one.get("suppressions") == null);
      String uri = one.at("/locations/0/physicalLocation/artifactLocation/uri").stringValue();
      assertEquals(uri, URI.create(uri).toString());
      fingerprints.add(one.at("/partialFingerprints/trailcamFinding~1v1").stringValue());
      List<String> argv = new ArrayList<>();
      one.at("/properties/argv").forEach(argument -> argv.add(argument.stringValue()));
      List<String> expected = finding.process().argv();
      assertEquals(expected == null ? List.of() : expected, argv);
    }
    assertEquals(FINDINGS, fingerprints.size());
  }

  @Test
  void junit_isXmlWithATestForEachRuleAndOneForTheEvidence() throws Exception {
    Element root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(HandoverFormat.JUNIT))))
            .getDocumentElement();
    Set<String> open = new HashSet<>();
    Set<String> all = new HashSet<>();
    dossier.rules().forEach(rule -> all.add(rule.id()));
    for (DossierFinding finding : dossier.findings()) {
      if (finding.open()) {
        open.add(finding.rule().id());
        all.add(finding.rule().id());
      }
    }
    assertEquals(all.size() + 1, root.getElementsByTagName("testcase").getLength());
    assertEquals(open.size(), root.getElementsByTagName("failure").getLength());
    assertEquals(1, root.getElementsByTagName("error").getLength());
    assertEquals(Integer.toString(all.size() + 1), root.getAttribute("tests"));
    assertEquals(Integer.toString(open.size()), root.getAttribute("failures"));
  }

  @Test
  void csv_hasARowForEachFindingAndNoFormula() throws IOException {
    List<NamedCsvRecord> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(written(HandoverFormat.CSV))) {
      reader.forEach(rows::add);
    }
    assertEquals(1 + dossier.gaps().size() + FINDINGS, rows.size());
    assertEquals("summary", rows.get(0).getField("record"));
    for (NamedCsvRecord row : rows) {
      for (String cell : row.getFields()) {
        assertFalse(cell.strip().matches("(?s)[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0].*"), cell);
      }
    }
  }

  @Test
  void linesAreOfTheirSchemas() throws IOException {
    Map<HandoverFormat, String> schemas =
        Map.of(
            HandoverFormat.ECS, "ecs-9.4.0.json",
            HandoverFormat.OCSF, "ocsf-1.5.0-detection-finding.json",
            HandoverFormat.TIMESKETCH, "timesketch.json");
    for (Map.Entry<HandoverFormat, String> one : schemas.entrySet()) {
      int lines = Schemas.lines(one.getValue(), written(one.getKey())).size();
      assertEquals(dossier.gaps().size() + FINDINGS, lines, one.getValue());
    }
  }

  @Test
  void navigator_isOfTheFormatAndCountsOpenFindings() throws IOException {
    JsonNode layer =
        Schemas.document("navigator-layer-4.5.json", written(HandoverFormat.NAVIGATOR));
    long expected =
        dossier.findings().stream()
            .filter(finding -> finding.open() && finding.rule().techniques().contains("T1040"))
            .count();
    assertEquals("T1040", layer.at("/techniques/0/techniqueID").stringValue());
    assertEquals(expected, layer.at("/techniques/0/score").longValue());
  }

  @Test
  void aSchemaSaysNo() {
    assertRefused("ecs-9.4.0.json", "{\"@timestamp\":\"x\",\"ecs\":{},\"nonsense\":1}");
    assertRefused("ocsf-1.5.0-detection-finding.json", "{\"class_uid\":2004}");
    assertRefused("navigator-layer-4.5.json", "{\"name\":\"x\"}");
    assertRefused("timesketch.json", "{\"message\":\"x\"}");
    assertRefused("in-toto-runtime-trace-0.1.json", "{\"subject\":[]}");
  }

  private static void assertRefused(String schema, String document) {
    assertThrows(AssertionError.class, () -> Schemas.document(schema, document), schema);
  }

  @Test
  void longTexts_areCutForTimesketchAndSayHowToKnowThem() throws IOException {
    DossierFinding one = finding(0);
    Executed process = one.process();
    Executed wordy =
        new Executed(
            1,
            "/bin/x",
            List.of("x".repeat(100_000)),
            false,
            null,
            0,
            0,
            null,
            null,
            null,
            null,
            process.ancestors());
    DossierFinding finding =
        new DossierFinding(
            one.id(),
            one.rule(),
            one.severity(),
            one.reason(),
            one.incident(),
            one.execId(),
            one.tsNs(),
            one.host(),
            null,
            Map.of(),
            wordy,
            Map.of(),
            one.captureId(),
            one.segment(),
            one.segmentSha256(),
            one.suppression());
    Dossier wide =
        new Dossier(
            "t 1",
            "e",
            Verdict.FINDINGS,
            true,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(finding));
    JsonNode event =
        Schemas.lines("timesketch.json", written(wide, HandoverFormat.TIMESKETCH)).get(0);
    assertTrue(event.get("command").stringValue().contains("[cut of 100000 characters, sha256 "));
  }
}
