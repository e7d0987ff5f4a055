// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's first screen is true: its first command is run and compared with what it shows. */
class ReadmeIT {
  private static final Pattern BLOCK =
      Pattern.compile("```console\n\\$ (?<command>[^\n]*)\n(?<output>.*?)```", Pattern.DOTALL);
  private static final String MORE = "[...]\n";

  @Test
  void firstCommand_printsWhatTheReadmeShows() throws Exception {
    Matcher block = firstScreen();
    assertTrue(block.find());
    assertEquals("./trailcam replay sample-captures", block.group("command"));

    Launcher.Run run = Launcher.trailcam("replay", "sample-captures");

    assertEquals(4, run.status(), run.err());
    int at = 0;
    for (String part : block.group("output").split(Pattern.quote(MORE), -1)) {
      int found = run.out().indexOf(part, at);
      assertTrue(found >= at, () -> "not printed:\n" + part + "\nbut:\n" + run.out());
      at = found + part.length();
    }
    assertEquals(run.out().length(), at, "the README stops before the output does");
  }

  @Test
  void secondCommand_isWhatCiRuns() throws Exception {
    Matcher block = firstScreen();
    assertTrue(block.find());
    assertTrue(block.find(block.end()));
    assertEquals("mvn -B verify", block.group("command"));
    Launcher.Run run =
        Launcher.run(
            List.of("sh", "-c", "sed -n 's/^\\$ \\(mvn .*\\)$/\\1/p' README.md | head -n 1"));
    assertEquals("mvn -B verify\n", run.out());
    assertTrue(Files.readString(Launcher.ROOT.resolve(".ci/run"), UTF_8).contains("(mvn .*"));
  }

  private static Matcher firstScreen() throws IOException {
    return BLOCK.matcher(Files.readString(Launcher.ROOT.resolve("README.md"), UTF_8));
  }
}
