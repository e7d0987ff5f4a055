// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.report.TerminalText;
import java.util.regex.Pattern;

/**
 * The encoder for text from outside in a cell of a table that a spreadsheet may open. What would be
 * a formula there gets an apostrophe in front, which spreadsheets take for "this is text".
 */
final class CsvText {
  // Some look behind white space, and those of East Asia take full width for the same.
  private static final Pattern FORMULA =
      Pattern.compile("[\\s\\p{Z}]*[=+\\-@\uff1d\uff0b\uff0d\uff20]");

  private CsvText() {}

  /** A cell; an empty one for what is not known. */
  static String cell(String text) {
    if (text == null) {
      return "";
    }
    String plain = TerminalText.plain(text);
    return FORMULA.matcher(plain).lookingAt() ? "'" + plain : plain;
  }
}
