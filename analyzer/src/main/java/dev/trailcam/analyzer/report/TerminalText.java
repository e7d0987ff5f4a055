// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one encoder for text from outside that is shown to people. What a terminal, an editor or a CI
 * runner would act upon instead of showing it, becomes an escape that they show.
 */
public final class TerminalText {
  private static final Pattern SAFE_ARGUMENT = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern COMMAND_START =
      Pattern.compile("^((?:\u001b\\[[0-9;]*m|\\p{IsWhite_Space})*)(?=::)(.)");
  private static final Pattern SECTION_START =
      Pattern.compile("^((?:\u001b\\[[0-9;]*m)*)(?=(?:---|\\+\\+\\+|~~~|\\^\\^\\^)(?: |$))(.)");

  private TerminalText() {}

  /** One line of text: no control, no format, no unassigned character, no line break. */
  public static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** The same, or a question mark for what is not known. */
  static String plainOrUnknown(String text) {
    return text == null ? "?" : plain(text);
  }

  /**
   * Arguments as one would type them into bash: what needs no quoting as it is, the rest in {@code
   * '…'} or, where it holds something unprintable, in {@code $'…'}. Typed in, it gives the same
   * arguments back.
   */
  public static String shell(List<String> arguments) {
    return arguments.stream().map(TerminalText::quote).collect(Collectors.joining(" "));
  }

  /**
   * A whole line that is about to be printed, so that no runner takes it for a command: GitHub's
   * begin with {@code ::} after any white space, Buildkite's sections at once with three signs of a
   * kind.
   */
  public static String noCommand(String line) {
    return escaped(COMMAND_START, escaped(SECTION_START, line));
  }

  /** With an escape in the place of the second group. */
  private static String escaped(Pattern start, String line) {
    return start
        .matcher(line)
        .replaceFirst(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + String.format(Locale.ROOT, "\\x%02x", (int) found.group(2).charAt(0))));
  }

  private static String quote(String argument) {
    if (SAFE_ARGUMENT.matcher(argument).matches()) {
      return argument;
    }
    if (argument.indexOf('\'') < 0 && plain(argument).equals(argument)) {
      return "'" + argument + "'";
    }
    StringBuilder out = new StringBuilder("$'");
    argument
        .codePoints()
        .forEach(
            c -> {
              if (c == '\'' || c == '\\') {
                out.append('\\').append((char) c);
              } else {
                append(out, c);
              }
            });
    return out.append('\'').toString();
  }

  private static void append(StringBuilder out, int c) {
    // ##[command], ##vso[command] and ##teamcity[command] are taken for commands in any place.
    boolean secondHash = c == '#' && !out.isEmpty() && out.charAt(out.length() - 1) == '#';
    if (secondHash || (c < 0x80 && !printable(c))) {
      out.append(String.format(Locale.ROOT, "\\x%02x", c));
    } else if (printable(c)) {
      out.appendCodePoint(c);
    } else if (c <= 0xffff) {
      out.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      out.append(String.format(Locale.ROOT, "\\U%08x", c));
    }
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
