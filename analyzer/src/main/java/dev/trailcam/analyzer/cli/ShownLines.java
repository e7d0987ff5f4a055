// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How much a verb shows of what there may be millions of. */
final class ShownLines {
  private static final int TABLE_LIMIT = 1000;
  private static final int DOCUMENT_LIMIT = 20_000;
  private static final int MAX_LIMIT = 100_000;

  private ShownLines() {}

  /**
   * Lines of a table, or entries of a document.
   *
   * @param limit what {@code --limit} says, or null
   * @throws ParameterException if it is out of its range
   */
  static int of(Integer limit, Format format, CommandSpec verb) {
    int lines = limit == null ? (format == Format.TABLE ? TABLE_LIMIT : DOCUMENT_LIMIT) : limit;
    if (lines < 1 || lines > MAX_LIMIT) {
      throw new ParameterException(verb.commandLine(), "--limit must be from 1 to " + MAX_LIMIT);
    }
    return lines;
  }
}
