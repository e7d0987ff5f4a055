// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headings of a page.
 *
 * @param title the first heading of the page if it is one of the first level and begins it
 * @param sections the headings below it as {@link RulePage} knows them, such as "What to do" and
 *     "What to do / Staging", in the order of the page
 * @param lines the line of each section, from 1
 */
public record PageOutline(Optional<String> title, List<String> sections, List<Integer> lines) {

  /** Makes the lists immutable. */
  public PageOutline {
    sections = List.copyOf(sections);
    lines = List.copyOf(lines);
  }

  /** Reads Markdown. */
  public static PageOutline of(String markdown) {
    List<PageBlock> blocks = PageBlocks.of(markdown);
    Optional<String> title = Optional.empty();
    if (!blocks.isEmpty()
        && blocks.get(0) instanceof PageBlock.Heading first
        && first.level() == 1) {
      title = Optional.of(first.text());
    }
    List<String> sections = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    String parent = "";
    for (PageBlock block : blocks) {
      if (block instanceof PageBlock.Heading heading && heading.level() > 1) {
        parent = heading.level() == 2 ? heading.text() : parent;
        sections.add(
            heading.level() == 2 ? heading.text() : PageReader.below(parent, heading.text()));
        lines.add(heading.line());
      }
    }
    return new PageOutline(title, sections, lines);
  }

  /**
   * Line of the first section that stands elsewhere than in every other page; empty if none does,
   * and where a section is missing or unknown, since then there is no order to keep.
   */
  public Optional<Integer> firstOutOfOrder() {
    List<String> expected = PageReader.expected();
    if (sections.size() != expected.size() || !sections.containsAll(expected)) {
      return Optional.empty();
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!sections.get(i).equals(expected.get(i))) {
        return Optional.of(lines.get(i));
      }
    }
    return Optional.empty();
  }
}
