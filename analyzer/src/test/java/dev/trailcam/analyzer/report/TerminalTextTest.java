// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}]|##\\[");

  @Test
  void everyCodePoint_isHarmlessEverywhere() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = "a" + Character.toString(c) + "b";
      String plain = TerminalText.plain(text);
      String shell = TerminalText.shell(List.of(text));
      assertFalse(HARMFUL.matcher(plain).find(), plain);
      assertFalse(HARMFUL.matcher(shell).find(), shell);
    }
  }

  @Test
  void escapes_areTheOnesOfBash() {
    assertEquals(
        "ls -l 'a b' '' '$(x)' $'it\\'s' $'\\x1b[2J\\u009b\\U000e0001\\\\'",
        TerminalText.shell(
            List.of("ls", "-l", "a b", "", "$(x)", "it's", "\u001b[2J\u009b\udb40\udc01\\")));
    assertEquals("a\\x0ab\\u202e", TerminalText.plain("a\nb\u202e"));
    assertEquals("Grüße 日本", TerminalText.plain("Grüße 日本"));
  }

  @Test
  void runnerCommands_areBroken() {
    assertEquals("#\\x23[error]x", TerminalText.plain("##[error]x"));
    assertEquals("$'#\\x23[error]x'", TerminalText.shell(List.of("##[error]x")));
    assertEquals("  \\x3a:error::x", TerminalText.noCommand("  ::error::x"));
    assertEquals("\u3000\u001b[1m\\x3a:x", TerminalText.noCommand("\u3000\u001b[1m::x"));
    assertEquals("a ::error::x", TerminalText.noCommand("a ::error::x"));
    assertEquals("\\x7e~~ group", TerminalText.noCommand("~~~ group"));
    assertEquals("\u001b[1m\\x2d--", TerminalText.noCommand("\u001b[1m---"));
    assertEquals("  --- a", TerminalText.noCommand("  --- a"));
    assertEquals("--no-pager", TerminalText.noCommand("--no-pager"));
  }

  /** What is shown of arguments gives the same arguments back to bash. */
  @Test
  void shell_isReversible() throws Exception {
    Random random = new Random(42);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder argument = new StringBuilder();
      int length = random.nextInt(12);
      for (int j = 0; j < length; j++) {
        int c = random.nextInt(4) == 0 ? random.nextInt(0xd800) : random.nextInt(0x100);
        argument.appendCodePoint(c == 0 ? '#' : c);
      }
      arguments.add(argument.toString());
    }
    ProcessBuilder bash =
        new ProcessBuilder(
            "bash", "-c", "printf '%s\\0' " + TerminalText.shell(arguments).replace("\0", ""));
    bash.environment().put("LC_ALL", "C.UTF-8");
    Process process = bash.start();
    String echoed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(String.join("\0", arguments) + "\0", echoed);
  }

  @Test
  void json_isAsciiWithoutNumberSigns() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x10000; c++) {
      if (!Character.isSurrogate((char) c)) {
        all.append((char) c);
      }
    }
    StringWriter out = new StringWriter();
    Json.compact(Map.of("k", all.append("\ud83d\ude00").toString()), out);
    String json = out.toString();
    assertTrue(json.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '#'));
    assertTrue(json.endsWith("\\ud83d\\ude00\"}".toUpperCase(Locale.ROOT).replace("\\U", "\\u")));
  }
}
