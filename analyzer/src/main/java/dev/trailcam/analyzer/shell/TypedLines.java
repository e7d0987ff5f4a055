// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import dev.trailcam.analyzer.gate.StatementText;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EOFError;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Says where what somebody types ends: with a semicolon, or with the line if it is a command. */
final class TypedLines extends DefaultParser {

  private TypedLines() {
    // A quote or a backslash means nothing to us: SQL has its own view of them.
    setQuoteChars(new char[0]);
    setEscapeChars(new char[0]);
  }

  /** Reads lines with their continuation. */
  static LineReader reader(Terminal terminal, NameCompleter completer, Optional<Path> history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("trailcam")
            .terminal(terminal)
            .parser(new TypedLines())
            .completer(completer)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "     ...> ")
            .variable(LineReader.HISTORY_SIZE, 1_000)
            .variable(LineReader.HISTORY_FILE_SIZE, 2_000)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, true);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return builder.build();
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean whole =
        line.isBlank()
            || line.stripLeading().startsWith(".")
            || line.strip().matches("quit|exit")
            || StatementText.ended(line);
    if (context == ParseContext.ACCEPT_LINE && !whole) {
      throw new EOFError(-1, cursor, "the statement goes on", ";");
    }
    return super.parse(line, cursor, context);
  }
}
