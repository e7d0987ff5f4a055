// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          record --ring-size 5K | Invalid value for option '--ring-size': the ring's size is a power of two from 4 KiB to 512 MiB, not 5120
          record --ring-size 1G | Invalid value for option '--ring-size': the ring's size is a power of two from 4 KiB to 512 MiB, not 1073741824
          record --ring-size 1T | Invalid value for option '--ring-size': '1T' is no size such as 64M or 256K
          record --keep-for 1w  | Invalid value for option '--keep-for': '1w' is no duration such as 90s, 15m, 24h, 30d
          record --nonsense     | Unknown option: '--nonsense'
          """)
  void usageErrors_areOneSentenceAndTheNextMove(String arguments, String sentence) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err));
    assertEquals(2, line.execute(arguments.split(" ", -1)));
    assertEquals(
        "trailcam: " + sentence + "\ntrailcam: try: trailcam record --help\n", err.toString());
  }

  @Test
  void commandsArguments_areNoneOfOurs() {
    CommandLine.ParseResult parsed =
        Main.commandLine().parseArgs("record", "--", "make", "-q", "--help", "@list", "-o");
    assertEquals(
        List.of("make", "-q", "--help", "@list", "-o"),
        parsed.subcommand().matchedPositionals().get(0).getValue());
  }

  @Test
  void rawArguments_areSplitAtNul() {
    List<byte[]> split = RawArguments.split("a\0\0caf\u00e9\0".getBytes(UTF_8));
    assertEquals(3, split.size());
    assertArrayEquals(new byte[0], split.get(1));
    assertArrayEquals("caf\u00e9".getBytes(UTF_8), split.get(2));
  }
}
