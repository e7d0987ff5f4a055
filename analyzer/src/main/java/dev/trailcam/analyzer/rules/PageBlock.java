// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;

/** A part of a rule's page as a reader sees it, in the order of the page. */
public sealed interface PageBlock {

  /** How a piece of text stands out. */
  enum Emphasis {
    NONE,
    STRONG,
    /** Something to type or to look for, exactly as it is. */
    CODE
  }

  /** Text in one manner; may hold spaces, and line feeds that mean no more than a space. */
  record Span(String text, Emphasis emphasis) {}

  /**
   * A heading.
   *
   * @param level from 1 to 6
   * @param line line in the page, from 1
   * @param text without Markdown
   */
  record Heading(int level, int line, String text) implements PageBlock {}

  /**
   * Text to be wrapped.
   *
   * @param depth how many lists or quotations it stands in, from 0
   * @param marker what stands before its first line, such as "-" or "1."; empty for none
   */
  record Paragraph(int depth, String marker, List<Span> spans) implements PageBlock {
    /** Makes the list immutable. */
    public Paragraph {
      spans = List.copyOf(spans);
    }
  }

  /**
   * Lines to be shown as they are.
   *
   * @param depth how many lists or quotations they stand in, from 0
   */
  record Verbatim(int depth, List<String> lines) implements PageBlock {
    /** Makes the list immutable. */
    public Verbatim {
      lines = List.copyOf(lines);
    }
  }
}
