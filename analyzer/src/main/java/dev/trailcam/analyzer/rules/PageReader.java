// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.capture.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Reads a rule's page: Markdown with fixed headings. Collects everything that is wrong with it. */
final class PageReader {
  private static final String SEES = "What it sees";
  private static final String MATTERS = "Why it matters";
  private static final String DO = "What to do";
  private static final String MISSES = "What it misses";
  private static final String BENIGN = "Benign causes";

  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.COMPACT).build();

  private final String file;
  private final List<RuleProblem> problems;
  private final Map<String, Document> sections = new LinkedHashMap<>();

  private PageReader(String file, List<RuleProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Adds to the problems; the page is only good if there were none to add. */
  static RulePage read(String file, String markdown, List<RuleProblem> problems) {
    PageReader reader = new PageReader(file, problems);
    reader.split(PARSER.parse(markdown));
    return new RulePage(
        reader.text(SEES),
        reader.byEnvironment(MATTERS),
        reader.byEnvironment(DO),
        reader.text(MISSES),
        reader.text(BENIGN));
  }

  /** Every section of a page, in its order. */
  static List<String> expected() {
    List<String> names = new ArrayList<>(List.of(SEES));
    for (String parent : List.of(MATTERS, DO)) {
      names.add(parent);
      for (Environment environment : Environment.values()) {
        names.add(below(parent, RulePage.heading(environment)));
      }
    }
    names.addAll(List.of(MISSES, BENIGN));
    return names;
  }

  /** How a section within a section is called. */
  static String below(String parent, String heading) {
    return parent + " / " + heading;
  }

  private void split(Node document) {
    String parent = "";
    Document current = new Document();
    Node next;
    boolean first = true;
    for (Node node = document.getFirstChild(); node != null; node = next, first = false) {
      next = node.getNext();
      if (!(node instanceof Heading heading)) {
        current.appendChild(node);
        continue;
      }
      String title = TEXT.render(heading).strip();
      if (heading.getLevel() == 1) {
        if (!first) {
          problem(heading, "has a second title");
        }
        continue;
      }
      if (heading.getLevel() == 2) {
        parent = title;
      }
      String name = heading.getLevel() == 2 ? title : below(parent, title);
      current = new Document();
      if (heading.getLevel() > 3 || !expected().contains(name)) {
        problem(heading, "has an unknown heading: " + name);
      } else if (sections.putIfAbsent(name, current) != null) {
        problem(heading, "has a heading twice: " + name);
      }
    }
    for (String name : expected()) {
      if (!sections.containsKey(name)) {
        problems.add(new RuleProblem(file, 0, "lacks the heading: " + name));
      }
    }
  }

  private Map<Environment, String> byEnvironment(String parent) {
    Map<Environment, String> texts = new EnumMap<>(Environment.class);
    for (Environment environment : Environment.values()) {
      texts.put(environment, text(below(parent, RulePage.heading(environment))));
    }
    return texts;
  }

  private String text(String name) {
    Document section = sections.get(name);
    if (section == null) {
      return "";
    }
    plainText(section);
    String text = TEXT.render(section).strip();
    if (text.isEmpty()) {
      problems.add(new RuleProblem(file, 0, "says nothing under: " + name));
    }
    return text;
  }

  /**
   * The renderer would put quotation marks around code, which reads wrong around a command, and
   * keep the author's line breaks, which are not the reader's.
   */
  private static void plainText(Node node) {
    Node next;
    for (Node child = node.getFirstChild(); child != null; child = next) {
      next = child.getNext();
      if (child instanceof Code code) {
        code.insertAfter(new Text("`" + code.getLiteral() + "`"));
        code.unlink();
      } else if (child instanceof SoftLineBreak) {
        child.insertAfter(new Text(" "));
        child.unlink();
      } else {
        plainText(child);
      }
    }
  }

  private void problem(Node node, String message) {
    int line =
        node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().get(0).getLineIndex() + 1;
    problems.add(new RuleProblem(file, line, message));
  }
}
