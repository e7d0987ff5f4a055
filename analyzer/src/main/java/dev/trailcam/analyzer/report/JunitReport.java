// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.Outcome;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit's XML: a suite for each file of cases or expectations. What is unprintable is escaped
 * before XML sees it, since XML 1.0 has no way at all to hold most control characters. No times:
 * the same result gives the same bytes.
 */
final class JunitReport {
  private static final String NAME = "trailcam test";

  private final TestResult result;
  private final PrintWriter out;

  JunitReport(TestResult result, PrintWriter out) {
    this.result = result;
    this.out = out;
  }

  void write() {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, 0, "testsuites");
      xml.writeAttribute("name", NAME);
      counts(xml, result.checks(), result.problems().size());
      if (!result.problems().isEmpty()) {
        problems(xml);
      }
      Map<String, List<Check>> suites = new LinkedHashMap<>();
      for (Check check : result.checks()) {
        suites.computeIfAbsent(check.file(), file -> new ArrayList<>()).add(check);
      }
      for (Map.Entry<String, List<Check>> suite : suites.entrySet()) {
        suite(xml, suite.getKey(), suite.getValue());
      }
      end(xml, 0);
      xml.writeEndDocument();
      xml.flush();
      out.print('\n');
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the XML writer broke", e);
    }
  }

  private static void start(XMLStreamWriter xml, int depth, String name) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(name);
  }

  private static void end(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }

  private static void counts(XMLStreamWriter xml, List<Check> checks, int problems)
      throws XMLStreamException {
    int failures = 0;
    int errors = problems;
    int skipped = 0;
    for (Check check : checks) {
      switch (check.outcome()) {
        case FAILED -> failures++;
        case RULE_BROKEN, EVIDENCE_INCOMPLETE -> errors++;
        case KNOWN_MISS -> skipped++;
        case WARNING, PASSED -> {}
      }
    }
    xml.writeAttribute("tests", Integer.toString(checks.size() + problems));
    xml.writeAttribute("failures", Integer.toString(failures));
    xml.writeAttribute("errors", Integer.toString(errors));
    xml.writeAttribute("skipped", Integer.toString(skipped));
  }

  private void problems(XMLStreamWriter xml) throws XMLStreamException {
    start(xml, 1, "testsuite");
    xml.writeAttribute("name", "files");
    counts(xml, List.of(), result.problems().size());
    for (RuleProblem problem : result.problems()) {
      start(xml, 2, "testcase");
      xml.writeAttribute("name", plain(problem.toString()));
      xml.writeAttribute("classname", plain(problem.file()));
      start(xml, 3, "error");
      xml.writeAttribute("message", plain(problem.message()));
      xml.writeEndElement();
      end(xml, 2);
    }
    end(xml, 1);
  }

  private static void suite(XMLStreamWriter xml, String file, List<Check> checks)
      throws XMLStreamException {
    start(xml, 1, "testsuite");
    xml.writeAttribute("name", file.isEmpty() ? NAME : plain(file));
    counts(xml, checks, 0);
    for (Check check : checks) {
      check(xml, check);
    }
    end(xml, 1);
  }

  private static void check(XMLStreamWriter xml, Check check) throws XMLStreamException {
    start(xml, 2, "testcase");
    xml.writeAttribute("name", plain(check.name()));
    xml.writeAttribute("classname", plain(check.rule() == null ? check.kind().id() : check.rule()));
    if (!check.file().isEmpty()) {
      xml.writeAttribute("file", plain(check.file()));
    }
    if (check.line() > 0) {
      xml.writeAttribute("line", Integer.toString(check.line()));
    }
    String element =
        switch (check.outcome()) {
          case FAILED -> "failure";
          case RULE_BROKEN, EVIDENCE_INCOMPLETE -> "error";
          case KNOWN_MISS -> "skipped";
          case WARNING -> "system-out";
          case PASSED -> "";
        };
    if (element.isEmpty()) {
      xml.writeEndElement();
      return;
    }
    start(xml, 3, element);
    if (check.outcome() == Outcome.KNOWN_MISS) {
      xml.writeAttribute("message", "a known miss");
    } else {
      if (check.outcome() != Outcome.WARNING) {
        xml.writeAttribute("message", plain(check.message()));
        xml.writeAttribute("type", check.outcome().id());
      }
      xml.writeCharacters(text(check));
    }
    xml.writeEndElement();
    end(xml, 2);
  }

  private static String text(Check check) {
    List<String> lines = new ArrayList<>();
    lines.add(plain(TestReport.place(check)) + ": " + plain(check.message()));
    for (CheckedExecution execution : check.executions()) {
      lines.add(TestReport.execution(execution, "(not known)"));
      lines.add("  " + plain(execution.note()));
    }
    lines.replaceAll(TerminalText::noCommand);
    return String.join("\n", lines);
  }
}
