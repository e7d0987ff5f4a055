// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes maps, lists, text, numbers and booleans as JSON in plain ASCII. A terminal or a CI log
 * that gets to see it finds no control character and no command in it, and a parser gives back the
 * exact text.
 */
public final class Json {
  private static final JsonFactory FACTORY = factory(new LogEscapes(""));
  private static final JsonFactory FOR_SCRIPTS = factory(new LogEscapes("<>&"));

  private Json() {}

  private static JsonFactory factory(CharacterEscapes escapes) {
    return JsonFactory.builder()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
        .characterEscapes(escapes)
        .build();
  }

  /** The same as {@link #compact} for a script element of HTML, which nothing in it can end. */
  static void inScript(Object document, Writer out) {
    write(FOR_SCRIPTS, document, out, ObjectWriteContext.empty());
  }

  /** Writes the document in one line, without a line feed. */
  public static void compact(Object document, Writer out) {
    write(FACTORY, document, out, ObjectWriteContext.empty());
  }

  /** Writes the document indented, without a line feed at its end. */
  public static void pretty(Object document, Writer out) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    PrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter);
    write(
        FACTORY,
        document,
        out,
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return printer;
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        });
  }

  private static void write(
      JsonFactory factory, Object document, Writer out, ObjectWriteContext context) {
    try (JsonGenerator generator = factory.createGenerator(context, out)) {
      value(document, generator);
    }
  }

  private static void value(Object value, JsonGenerator out) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      map.forEach(
          (name, inner) -> {
            out.writeName((String) name);
            value(inner, out);
          });
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      list.forEach(inner -> value(inner, out));
      out.writeEndArray();
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Double fraction) {
      out.writeNumber(fraction);
    } else if (value instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else {
      out.writeString((String) value);
    }
  }

  /** Also escapes DEL, and the number sign: {@code ##[command]} in any line is one to a runner. */
  private static final class LogEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DEL = 0x7f;

    private final String more;

    LogEscapes(String more) {
      this.more = more;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      more.chars().forEach(c -> escapes[c] = ESCAPE_STANDARD);
      escapes['#'] = ESCAPE_STANDARD;
      escapes[DEL] = ESCAPE_STANDARD;
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int ch) {
      return null;
    }
  }
}
