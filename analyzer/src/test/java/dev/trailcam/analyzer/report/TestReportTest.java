// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.Outcome;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reports of checks whose every text is as nasty as can be. */
class TestReportTest {
  private static final int CHECKS = 10_000;
  private static final String NASTY =
      "]]>&<'\"\\[](){}`|#*_~@!:%/. \n\r\t\0\u001b\u0085\u009b\u00ad\u202e\u2028\ufffe\uffff\ud800";

  private final Random random = new Random(7);
  private final TestResult result = result();

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      switch (random.nextInt(4)) {
        case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 1 -> text.append("::error::x").append("##[group]").append("<b>");
        default -> text.append(NASTY.charAt(random.nextInt(NASTY.length())));
      }
    }
    return text.toString();
  }

  private TestResult result() {
    List<Check> checks = new ArrayList<>();
    Outcome[] outcomes = Outcome.values();
    for (int i = 0; i < CHECKS; i++) {
      checks.add(
          new Check(
              Check.Kind.CASE,
              random.nextBoolean() ? null : "rule_" + random.nextInt(3),
              text(),
              text() + i % 20,
              random.nextInt(3),
              outcomes[random.nextInt(outcomes.length)],
              text(),
              List.of(
                  new CheckedExecution(text(), text(), text(), List.of(text(), text()), text()))));
    }
    return new TestResult(
        "trailcam 0", "DuckDB", checks, List.of(), List.of(problem(), problem()), 0, 0);
  }

  private RuleProblem problem() {
    return new RuleProblem(text() + "x", 0, text());
  }

  private String written(TestFormat format) {
    StringWriter out = new StringWriter();
    TestReport.write(result, format, new Style(false, 100), Path.of("/tree"), new PrintWriter(out));
    return out.toString();
  }

  @Test
  void nothingIsAControlOrACommand() {
    for (TestFormat format : TestFormat.values()) {
      String text = written(format);
      assertFalse(text.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\n]].*"));
      assertFalse(text.contains("##["), format.name());
      assertTrue(text.lines().noneMatch(line -> line.strip().startsWith("::")), format.name());
    }
  }

  @Test
  void junit_isXmlThatHoldsEveryCheck() throws Exception {
    Element root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(TestFormat.JUNIT))))
            .getDocumentElement();
    NodeList cases = root.getElementsByTagName("testcase");
    assertEquals(CHECKS + 2, cases.getLength());
    assertEquals(Integer.toString(CHECKS + 2), root.getAttribute("tests"));
    for (String[] kind :
        new String[][] {{"failures", "failure"}, {"errors", "error"}, {"skipped", "skipped"}}) {
      assertEquals(
          root.getAttribute(kind[0]),
          Integer.toString(root.getElementsByTagName(kind[1]).getLength()));
    }
    List<String> expected =
        result.checks().stream().map(check -> TerminalText.plain(check.name())).sorted().toList();
    List<String> names = new ArrayList<>();
    for (int i = 2; i < cases.getLength(); i++) {
      names.add(((Element) cases.item(i)).getAttribute("name"));
    }
    assertEquals(expected, names.stream().sorted().toList());
  }

  @Test
  void sarif_isOfTheSchemaAndHasAResultForEachCheck() throws IOException {
    JsonNode sarif = new ObjectMapper().readTree(written(TestFormat.SARIF));
    try (InputStream schema = TestReportTest.class.getResourceAsStream("sarif-2.1.0-rtm.5.json")) {
      assertEquals(
          List.of(),
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
              .getSchema(schema)
              .validate(sarif));
    }
    JsonNode run = sarif.get("runs").get(0);
    assertEquals(result.notable().size(), run.get("results").size());
    for (JsonNode one : run.get("results")) {
      JsonNode rule =
          run.get("tool").get("driver").get("rules").get(one.get("ruleIndex").intValue());
      assertEquals(one.get("ruleId"), rule.get("id"));
      String uri =
          one.get("locations")
              .get(0)
              .get("physicalLocation")
              .get("artifactLocation")
              .get("uri")
              .stringValue();
      assertFalse(uri.isEmpty());
      assertEquals(uri, URI.create(uri).toString());
    }
  }

  @Test
  void json_givesTheVeryArgumentsBack() {
    JsonNode checks = new ObjectMapper().readTree(written(TestFormat.JSON)).get("checks");
    assertEquals(CHECKS, checks.size());
    for (int i = 0; i < CHECKS; i++) {
      List<String> argv = new ArrayList<>();
      checks.get(i).get("executions").get(0).get("argv").forEach(a -> argv.add(a.stringValue()));
      assertEquals(result.checks().get(i).executions().get(0).argv(), argv);
    }
  }

  @Test
  void markdown_isBounded() {
    assertTrue(written(TestFormat.MARKDOWN).length() < 1 << 20);
  }
}
