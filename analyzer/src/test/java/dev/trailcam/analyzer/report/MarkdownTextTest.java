// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
  private static final List<String> PIECES =
      List.of(
          "`",
          "``",
          "```",
          "~~~",
          " ",
          "\n",
          "\r\n",
          "\t",
          "\\",
          "*",
          "_",
          "[x](http://y)",
          "![x](y)",
          "<img src=x onerror=alert(1)>",
          "<!--",
          "-->",
          "<a",
          "</details>",
          "&lt;",
          "&#96;",
          "|",
          "#",
          "## ",
          "##[group]x",
          "::error::x",
          "- ",
          "1. ",
          "> ",
          "===",
          "---",
          "http://e.org",
          "www.e.org",
          "a@e.org",
          "@team",
          "#1",
          "$`x`$",
          ":tada:",
          "\u001b[2J",
          "\u202e",
          "\u2028",
          "\u0000",
          "\ud83d\ude00",
          "\ud800",
          "\u4e2d",
          "a",
          "Z",
          "''");

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          plain,`plain`
          a`b,``a`b``
          `a,`` `a ``
          ```,```` ``` ````
          ' a ',`  a  `
          ' ',` `
          '',(empty)
          '**x** <b> [l](u)',`**x** <b> [l](u)`
          """)
  void code(String text, String expected) {
    assertEquals(expected, MarkdownText.code(text, 100));
  }

  @Test
  void whatIsTooLong_isCutBetweenCharacters() {
    assertEquals("`aaa...`", MarkdownText.code("aaaa", 3));
    assertEquals("`aaa`", MarkdownText.code("aaa", 3));
    assertEquals("`aa...`", MarkdownText.code("aa\ud83d\ude00", 3));
    assertEquals("?", MarkdownText.code(null, 3));
  }

  @Test
  void words_areLeftAloneOnlyWhereNothingCouldComeOfThem() {
    assertEquals("A man-in-the-middle, seen", MarkdownText.words("A man-in-the-middle, seen", 99));
    for (String text : List.of("a.b", "*a*", "@a", "#1", "a: b", "- a", "a  b", "<a>", "a_b", "")) {
      assertEquals(MarkdownText.code(text, 99), MarkdownText.words(text, 99));
    }
  }

  /** Whatever the text, a parser sees one code span that holds it, and nothing else. */
  @Test
  void anyText_isOneCodeSpan() {
    Random random = new Random(20261122);
    Parser parser = Parser.builder().build();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int n = random.nextInt(8); n > 0; n--) {
        text.insert(random.nextBoolean() ? 0 : text.length(), pick(random));
      }
      String line = "- why: " + MarkdownText.code(text.toString(), 1000) + ", end";
      assertTrue(line.indexOf('\n') < 0 && !line.contains("##["), line);
      List<Class<?>> nodes = new ArrayList<>();
      List<String> codes = new ArrayList<>();
      walk(parser.parse(line), nodes, codes);
      assertEquals(
          List.of(
              Document.class,
              BulletList.class,
              ListItem.class,
              Paragraph.class,
              Text.class,
              Code.class,
              Text.class),
          nodes,
          line);
      assertEquals(List.of(TerminalText.plain(text.toString())), codes, line);
    }
  }

  private static String pick(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static void walk(Node root, List<Class<?>> nodes, List<String> codes) {
    root.accept(
        new AbstractVisitor() {
          @Override
          protected void visitChildren(Node parent) {
            nodes.add(parent.getClass());
            super.visitChildren(parent);
          }

          @Override
          public void visit(Code code) {
            codes.add(code.getLiteral());
            super.visit(code);
          }
        });
  }
}
