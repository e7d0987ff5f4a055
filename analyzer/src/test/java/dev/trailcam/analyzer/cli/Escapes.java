// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.trailcam.analyzer.launcher.WorkflowCommands;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectMapper;

/** Looks in what was written for text that has become something else than text. */
final class Escapes {
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\n]]");
  private static final Pattern AZURE_OR_TEAMCITY = Pattern.compile("##(\\[|vso\\[|teamcity\\[)");

  /** Buildkite's begin a line; GitLab's end in a carriage return. */
  private static final Pattern SECTION =
      Pattern.compile("(?m)^(--- |\\+\\+\\+ |~~~ |\\^\\^\\^ )|section_(start|end):[0-9]+:[^\n]*\r");

  private static final Pattern FORMULA =
      Pattern.compile("(?s)\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0].*");

  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">([^<>&]*)</script>");

  /** What each execution of {@link HostileOutputTest} has among its arguments. */
  private static final Pattern MARKERS = Pattern.compile("m[0-9]{4}m");

  private final List<String> found = new ArrayList<>();

  private Escapes() {}

  /** What any terminal or CI log would act upon. */
  static List<String> inLog(String text) {
    Escapes escapes = new Escapes();
    escapes.log(text);
    return escapes.found;
  }

  /**
   * The same, and what a reader of the format would.
   *
   * @param format name of the format
   */
  static List<String> in(String format, String text) {
    Escapes escapes = new Escapes();
    escapes.log(text);
    switch (format) {
      case "markdown" -> escapes.markdown(text);
      case "csv" -> escapes.csv(text);
      case "html" -> escapes.html(text);
      case "junit" -> escapes.xml(text);
      case "table", "bagit" -> {}
      default -> escapes.json(text);
    }
    return escapes.found;
  }

  private void log(String text) {
    CONTROL
        .matcher(text)
        .results()
        .forEach(hit -> found.add("control " + around(text, hit.start())));
    WorkflowCommands.in(text).forEach(command -> found.add("GitHub " + command));
    AZURE_OR_TEAMCITY
        .matcher(text)
        .results()
        .forEach(hit -> found.add("Azure or TeamCity " + around(text, hit.start())));
    SECTION
        .matcher(text)
        .results()
        .forEach(hit -> found.add("GitLab or Buildkite " + around(text, hit.start())));
  }

  private static String around(String text, int at) {
    return at + ": " + text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40));
  }

  private void markdown(String text) {
    Parser.builder()
        .build()
        .parse(text)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                found.add("link " + link);
              }

              @Override
              public void visit(Image image) {
                found.add("image " + image);
              }

              @Override
              public void visit(HtmlInline html) {
                found.add("HTML " + html.getLiteral());
              }

              @Override
              public void visit(HtmlBlock html) {
                found.add("HTML " + html.getLiteral());
              }
            });
  }

  /** All text of evidence is in one element, which nothing within it can end. */
  private void html(String text) {
    Matcher data = DATA.matcher(text);
    if (!data.find()) {
      found.add("no data that is nothing else");
      return;
    }
    json(data.group(1));
    String page = text.substring(0, data.start()) + text.substring(data.end());
    MARKERS
        .matcher(page)
        .results()
        .forEach(hit -> found.add("outside of the data " + around(page, hit.start())));
  }

  private void csv(String text) {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
      for (CsvRecord row : reader) {
        row.getFields().stream()
            .filter(cell -> FORMULA.matcher(cell).matches())
            .forEach(cell -> found.add("formula " + cell));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void xml(String text) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // else it prints what it throws
      builder.parse(new InputSource(new StringReader(text)));
    } catch (Exception e) {
      found.add("no XML: " + e.getMessage());
    }
  }

  private void json(String text) {
    try (MappingIterator<JsonNode> documents =
        new ObjectMapper().readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        documents.next();
      }
    } catch (JacksonException e) {
      found.add("no JSON: " + e.getMessage());
    }
  }
}
