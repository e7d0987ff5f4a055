// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.analyzer.rules.PageBlock.Emphasis;
import dev.trailcam.analyzer.rules.PageBlock.Heading;
import dev.trailcam.analyzer.rules.PageBlock.Paragraph;
import dev.trailcam.analyzer.rules.PageBlock.Span;
import dev.trailcam.analyzer.rules.PageBlock.Verbatim;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageBlocksTest {
  @Test
  void markdown_becomesBlocks() {
    assertEquals(
        List.of(
            new Heading(1, 1, "A title"),
            new Paragraph(
                0,
                "",
                List.of(
                    plain("Run "),
                    new Span("ss -0", Emphasis.CODE),
                    plain(","),
                    plain(" "),
                    plain("then "),
                    new Span("look", Emphasis.STRONG),
                    plain("."))),
            new Paragraph(1, "3.", List.of(plain("one"))),
            new Paragraph(2, "-", List.of(plain("inner"))),
            new Paragraph(1, "4.", List.of(plain("two"))),
            new Paragraph(1, "", List.of(plain("more of two"))),
            new Paragraph(0, "", List.of(plain("See "), plain("here"), plain(" (https://e.org/)"))),
            new Verbatim(0, List.of("a  b", "c")),
            new Paragraph(1, "", List.of(plain("quoted")))),
        PageBlocks.of(
            """
            # A `title`

            Run `ss -0`,
            then **look**.

            3. one
               - inner
            4. two

               more of two

            See [here](https://e.org/)

            ```
            a  b
            c
            ```

            > quoted
            """));
  }

  @Test
  void html_isShownAsItIsWritten() {
    assertEquals(
        List.of(
            new Verbatim(0, List.of("<div onclick=x>")),
            new Paragraph(0, "", List.of(plain("a "), plain("<b>"), plain("c"), plain("</b>")))),
        PageBlocks.of("<div onclick=x>\n\na <b>c</b>"));
  }

  @Test
  void outline_findsTheHeadingThatIsElsewhere() {
    String page =
        """
        # T

        ## What it sees
        a

        ## Benign causes
        a

        ## Why it matters

        ### CI/CD
        a

        ### Staging
        a

        ### Production
        a

        ## What to do

        ### CI/CD
        a

        ### Staging
        a

        ### Production
        a

        ## What it misses
        a
        """;
    assertEquals(6, PageOutline.of(page).firstOutOfOrder().orElseThrow());
    assertEquals("T", PageOutline.of(page).title().orElseThrow());
    assertEquals(
        Optional.empty(), PageOutline.of(page.replace("Benign causes", "Other")).firstOutOfOrder());
    assertEquals(Optional.empty(), PageOutline.of("text\n\n# T").title());
  }

  private static Span plain(String text) {
    return new Span(text, Emphasis.NONE);
  }
}
