// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.analyzer.rules.PageBlock.Emphasis;
import dev.trailcam.analyzer.rules.PageBlock.Span;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Takes a page apart into blocks to show. HTML has no meaning in it and is shown as it is written;
 * of an image there is its description.
 */
final class PageBlocks extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

  private final List<PageBlock> blocks = new ArrayList<>();
  private List<Span> spans = new ArrayList<>();
  private Emphasis emphasis = Emphasis.NONE;
  private String marker = "";
  private int depth;

  private PageBlocks() {}

  static List<PageBlock> of(String markdown) {
    PageBlocks visitor = new PageBlocks();
    PARSER.parse(markdown).accept(visitor);
    return List.copyOf(visitor.blocks);
  }

  @Override
  public void visit(org.commonmark.node.Heading heading) {
    visitChildren(heading);
    StringBuilder text = new StringBuilder();
    takeSpans().forEach(span -> text.append(span.text()));
    int line =
        heading.getSourceSpans().isEmpty() ? 0 : heading.getSourceSpans().get(0).getLineIndex() + 1;
    blocks.add(new PageBlock.Heading(heading.getLevel(), line, text.toString().strip()));
  }

  @Override
  public void visit(Paragraph paragraph) {
    visitChildren(paragraph);
    blocks.add(new PageBlock.Paragraph(depth, takeMarker(), takeSpans()));
  }

  @Override
  public void visit(BlockQuote quote) {
    depth++;
    visitChildren(quote);
    depth--;
  }

  @Override
  public void visit(BulletList list) {
    items(list, -1);
  }

  @Override
  public void visit(OrderedList list) {
    Integer start = list.getMarkerStartNumber();
    items(list, start == null ? 1 : start);
  }

  /** A negative number stands for a bullet. */
  private void items(Node list, int first) {
    int number = first;
    for (Node node = list.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof ListItem item) {
        marker = first < 0 ? "-" : number++ + ".";
        depth++;
        visitChildren(item);
        depth--;
      }
    }
    marker = "";
  }

  @Override
  public void visit(FencedCodeBlock code) {
    verbatim(code.getLiteral());
  }

  @Override
  public void visit(IndentedCodeBlock code) {
    verbatim(code.getLiteral());
  }

  @Override
  public void visit(HtmlBlock html) {
    verbatim(html.getLiteral());
  }

  private void verbatim(String literal) {
    blocks.add(new PageBlock.Verbatim(depth, literal.lines().toList()));
  }

  @Override
  public void visit(Text text) {
    spans.add(new Span(text.getLiteral(), emphasis));
  }

  @Override
  public void visit(Code code) {
    spans.add(new Span(code.getLiteral(), Emphasis.CODE));
  }

  @Override
  public void visit(HtmlInline html) {
    spans.add(new Span(html.getLiteral(), emphasis));
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    spans.add(new Span(" ", emphasis));
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    spans.add(new Span(" ", emphasis));
  }

  @Override
  public void visit(StrongEmphasis strong) {
    Emphasis before = emphasis;
    emphasis = Emphasis.STRONG;
    visitChildren(strong);
    emphasis = before;
  }

  @Override
  public void visit(Link link) {
    int before = spans.size();
    visitChildren(link);
    StringBuilder text = new StringBuilder();
    spans.subList(before, spans.size()).forEach(span -> text.append(span.text()));
    if (!text.toString().equals(link.getDestination())) {
      spans.add(new Span(" (" + link.getDestination() + ")", emphasis));
    }
  }

  private List<Span> takeSpans() {
    List<Span> taken = spans;
    spans = new ArrayList<>();
    return taken;
  }

  private String takeMarker() {
    String taken = marker;
    marker = "";
    return taken;
  }
}
