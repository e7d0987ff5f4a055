// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.CaseSection;
import dev.trailcam.analyzer.rules.PageBlock;
import dev.trailcam.analyzer.rules.PageBlock.Emphasis;
import dev.trailcam.analyzer.rules.PageBlock.Heading;
import dev.trailcam.analyzer.rules.PageBlock.Paragraph;
import dev.trailcam.analyzer.rules.PageBlock.Span;
import dev.trailcam.analyzer.rules.PageBlock.Verbatim;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCases;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Shows one rule to a person: what it is, its page, its SQL. */
public final class RulePageReport {
  private static final int STEP = 2;

  private final Page page;
  private boolean afterItem;

  private RulePageReport(PrintWriter out, Style style) {
    this.page = new Page(out, style);
  }

  /**
   * Writes the rule; the caller flushes.
   *
   * @param blocks its page; empty where it has none
   * @param cases beside it; null for none
   * @param sql whether to show its SQL as well
   */
  public static void write(
      Rule rule,
      List<PageBlock> blocks,
      RuleCases cases,
      boolean sql,
      Style style,
      PrintWriter out) {
    RulePageReport report = new RulePageReport(out, style);
    report.metadata(rule, cases);
    for (PageBlock block : blocks) {
      // The title of the page is that of the rule.
      if (!(block instanceof Heading heading) || heading.level() > 1) {
        report.block(block);
      }
    }
    if (sql) {
      report.heading(2, "SQL");
      report.page.blank();
      rule.sql().stripTrailing().lines().forEach(line -> report.page.line(STEP, verbatim(line)));
    }
  }

  private void metadata(Rule rule, RuleCases cases) {
    Style style = page.style();
    page.line(
        0,
        style.severity(rule.severity(), rule.severity().name())
            + "  "
            + style.bold(plain(rule.title())));
    page.blank();
    fact("id", rule.id() + ", version " + rule.version() + ", " + rule.status().id());
    fact("sees", rule.description());
    List<String> ids = new ArrayList<>(rule.tactics());
    ids.addAll(rule.techniques());
    for (String id : ids) {
      String name = AttackCatalogue.packed().find(id).map(e -> " " + e.name()).orElse("");
      fact("ATT&CK", id + name);
    }
    if (cases != null) {
      List<String> counts = new ArrayList<>();
      for (CaseSection section : CaseSection.values()) {
        counts.add(cases.count(section) + " " + section.id().replace('_', ' '));
      }
      fact("cases", String.join(", ", counts));
    }
    rule.references().forEach(reference -> fact("see", reference));
    fact("file", rule.file());
  }

  private void fact(String label, String text) {
    page.labelledProse(0, label, plain(text.replace('\n', ' ')));
  }

  private void block(PageBlock block) {
    if (block instanceof Heading heading) {
      heading(heading.level(), heading.text());
    } else if (block instanceof Verbatim verbatim) {
      page.blank();
      verbatim.lines().forEach(line -> page.line((verbatim.depth() + 1) * STEP, verbatim(line)));
      afterItem = false;
    } else if (block instanceof Paragraph paragraph) {
      boolean item = !paragraph.marker().isEmpty();
      if (!item || !afterItem) {
        page.blank();
      }
      paragraph(paragraph);
      afterItem = item;
    }
  }

  private void heading(int level, String text) {
    page.blank();
    String shown = plain(text);
    page.line(0, page.style().bold(level == 2 ? shown.toUpperCase(Locale.ROOT) : shown));
    afterItem = false;
  }

  private void paragraph(Paragraph paragraph) {
    String marker = paragraph.marker().isEmpty() ? "" : paragraph.marker() + " ";
    int indent = Math.max(0, paragraph.depth() - (marker.isEmpty() ? 0 : 1)) * STEP + STEP;
    int hanging = marker.isEmpty() ? 0 : Math.max(STEP, marker.length());
    page.styled(indent, marker, hanging, words(paragraph.spans()));
  }

  /** Words as a reader sees them: pieces between which there is no space stay together. */
  private List<Page.Word> words(List<Span> spans) {
    List<Page.Word> words = new ArrayList<>();
    StringBuilder visible = new StringBuilder();
    StringBuilder styled = new StringBuilder();
    for (Span span : spans) {
      // Without colours, only its marks tell a command from the sentence around it.
      boolean marks = span.emphasis() == Emphasis.CODE && !page.style().colored();
      String whole = marks ? "`" + span.text() + "`" : span.text();
      List<String> parts = Arrays.asList(whole.split("[ \t\n]+", -1));
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0) {
          end(visible, styled, words);
        }
        if (!parts.get(i).isEmpty()) {
          String text = plain(parts.get(i));
          visible.append(text);
          styled.append(emphasised(text, span.emphasis()));
        }
      }
    }
    end(visible, styled, words);
    return words;
  }

  private static void end(StringBuilder visible, StringBuilder styled, List<Page.Word> words) {
    if (!visible.isEmpty()) {
      words.add(new Page.Word(styled.toString(), visible.length()));
    }
    visible.setLength(0);
    styled.setLength(0);
  }

  private String emphasised(String text, Emphasis emphasis) {
    return switch (emphasis) {
      case NONE -> text;
      case STRONG -> page.style().bold(text);
      case CODE -> page.style().code(text);
    };
  }

  /** Columns are kept, what a terminal would act upon is not. */
  private static String verbatim(String line) {
    return plain(line.replace("\t", "    "));
  }
}
