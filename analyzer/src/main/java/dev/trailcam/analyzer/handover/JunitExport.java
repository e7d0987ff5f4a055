// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.report.Times;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit's XML: a test for the evidence, which is an error unless nothing is missing, and one for
 * each rule that ran, which fails if it has an open finding. What is unprintable is escaped before
 * XML sees it, since XML 1.0 has no way at all to hold most control characters.
 */
final class JunitExport {
  private static final String NAME = "trailcam replay";
  private static final int MAX_SHOWN = 100;

  private final Dossier dossier;
  private final PrintWriter out;
  private final Map<String, List<DossierFinding>> open = new LinkedHashMap<>();

  JunitExport(Dossier dossier, PrintWriter out) {
    this.dossier = dossier;
    this.out = out;
    dossier.rules().forEach(rule -> open.put(rule.id(), new ArrayList<>()));
    dossier.findings().stream()
        .filter(DossierFinding::open)
        .forEach(
            finding ->
                open.computeIfAbsent(finding.rule().id(), id -> new ArrayList<>()).add(finding));
  }

  void write() {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, 0, "testsuites");
      counts(xml);
      start(xml, 1, "testsuite");
      counts(xml);
      evidence(xml);
      for (Map.Entry<String, List<DossierFinding>> rule : open.entrySet()) {
        rule(xml, rule.getKey(), rule.getValue());
      }
      end(xml, 1);
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

  private void counts(XMLStreamWriter xml) throws XMLStreamException {
    long failures = open.values().stream().filter(list -> !list.isEmpty()).count();
    xml.writeAttribute("name", NAME);
    xml.writeAttribute("tests", Integer.toString(open.size() + 1));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", dossier.conclusive() ? "0" : "1");
    xml.writeAttribute("skipped", "0");
  }

  private void evidence(XMLStreamWriter xml) throws XMLStreamException {
    testcase(xml, "nothing is missing", "evidence");
    if (!dossier.conclusive()) {
      List<String> lines = new ArrayList<>();
      dossier.gaps().forEach(gap -> lines.add(plain(gap.sentence())));
      verdict(xml, "error", dossier.headline(), "incomplete", lines);
    }
    end(xml, 2);
  }

  private static void rule(XMLStreamWriter xml, String id, List<DossierFinding> findings)
      throws XMLStreamException {
    testcase(xml, id, "rule");
    if (!findings.isEmpty()) {
      List<String> lines = new ArrayList<>();
      findings.forEach(finding -> lines.add(line(finding)));
      String count = findings.size() + (findings.size() == 1 ? " finding: " : " findings: ");
      DossierFinding first = findings.get(0);
      verdict(xml, "failure", count + first.rule().title(), first.severity().id(), lines);
    }
    end(xml, 2);
  }

  private static void testcase(XMLStreamWriter xml, String name, String kind)
      throws XMLStreamException {
    start(xml, 2, "testcase");
    xml.writeAttribute("name", plain(name));
    xml.writeAttribute("classname", "trailcam." + kind);
  }

  private static void verdict(
      XMLStreamWriter xml, String element, String message, String type, List<String> lines)
      throws XMLStreamException {
    start(xml, 3, element);
    xml.writeAttribute("message", plain(message));
    xml.writeAttribute("type", type);
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(MAX_SHOWN, lines.size())));
    if (lines.size() > MAX_SHOWN) {
      shown.add("and " + (lines.size() - MAX_SHOWN) + " more");
    }
    shown.replaceAll(TerminalText::noCommand);
    xml.writeCharacters("\n" + String.join("\n", shown) + "\n");
    xml.writeEndElement();
  }

  private static String line(DossierFinding finding) {
    return Times.utc(finding.tsNs())
        + " on "
        + plain(finding.host())
        + ", pid "
        + finding.process().pid()
        + ": "
        + finding.process().command()
        + " (finding "
        + plain(finding.id())
        + ")";
  }
}
