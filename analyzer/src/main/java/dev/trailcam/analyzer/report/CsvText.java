// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.util.regex.Pattern;

/**
 * The encoder for text from outside in a cell of a table that a spreadsheet may open. What would be
 * a formula there gets an apostrophe in front, which spreadsheets take for "this is text"; what a
 * terminal would act upon becomes an escape.
 */
public final class CsvText {
  // Some look behind white space, and those of East Asia take full width for the same.
  private static final Pattern FORMULA =
      Pattern.compile("[\\s\\p{Z}\0]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0]");

  private CsvText() {}

  /** A cell, not quoted yet; an empty one for what is not known. */
  public static String cell(String text) {
    if (text == null) {
      return "";
    }
    String plain = TerminalText.plain(text);
    return FORMULA.matcher(text).lookingAt() ? "'" + plain : plain;
  }
}
