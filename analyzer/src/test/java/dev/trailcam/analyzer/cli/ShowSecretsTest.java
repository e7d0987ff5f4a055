// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A capture that was recorded without a mask, in every verb that shows arguments. */
class ShowSecretsTest {
  private static final String SECRET = "correct-horse-battery-7";
  private static final String RULE =
      """
      -- id: quoting
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1
      SELECT exec_id, 'It was told ' || arg(argv, 2) AS reason FROM execs
      WHERE has_substr(arg(argv, 2), '%s')
      """;

  @TempDir Path temp;
  private Path rule;
  private Path capture;
  private Path other;

  @BeforeEach
  void write() throws IOException {
    rule = Files.writeString(temp.resolve("quoting.sql"), RULE.formatted(SECRET));
    other = CaptureFixture.at(temp.resolve("other")).id("o").bootId("o").exec("/bin/ls").write();
    capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec(
                Map.of(
                    "exe",
                    "/usr/bin/deploy",
                    "argv",
                    List.of("deploy", "--password=" + SECRET),
                    "parent_exe",
                    "/bin/sh",
                    "parent_argv",
                    List.of("sh", "-c", "deploy --password=" + SECRET)))
            .write();
  }

  static Stream<List<String>> verbs() {
    return Stream.of(
        List.of("replay", "RULE", "CAPTURE"),
        List.of("replay", "--format", "json", "RULE", "CAPTURE"),
        List.of("hunt", "--state", "STATE", "RULE", "CAPTURE"),
        List.of("tree", "--no-findings", "CAPTURE"),
        List.of("timeline", "--no-findings", "--unfold", "CAPTURE"),
        List.of("compare", "RULE", "OTHER", "--head", "CAPTURE"),
        List.of("export", "--format", "csv", "RULE", "CAPTURE"),
        List.of("report", "RULE", "CAPTURE"),
        List.of("sql", "CAPTURE", "SELECT argv, argv[2] FROM execs"));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void secrets_areShownToWhoAsksForThemAlone(List<String> verb) {
    String masked = run(verb).out();
    assertFalse(masked.contains(SECRET), masked);
    assertTrue(masked.contains("[secret:000000000000]"), masked);
    List<String> asking = new ArrayList<>(verb);
    asking.add(1, "--show-secrets");
    asking.replaceAll(word -> word.equals("STATE") ? "OTHER_STATE" : word);
    String shown = run(asking).out();
    assertTrue(shown.contains(SECRET), shown);
    assertFalse(shown.contains("[secret:"), shown);
  }

  @Test
  void explanation_quotesNoSecrets() throws IOException {
    // The text of a rule is shown as it is.
    Files.writeString(rule, RULE.formatted("--password="));
    Matcher id =
        Pattern.compile("\"exec_id\":\"([0-9a-f]{32})\"")
            .matcher(run(List.of("replay", "--format", "ndjson", "RULE", "CAPTURE")).out());
    assertTrue(id.find());
    for (String format : List.of("table", "json")) {
      List<String> explain =
          List.of("explain", "--format", format, "RULE", "quoting", id.group(1), "CAPTURE");
      secrets_areShownToWhoAsksForThemAlone(explain);
    }
  }

  /** Else a mask would be a way to hide. */
  @Test
  void rules_seeWhatWasRecorded() {
    Run run = run(List.of("replay", "--fail-on", "low", "RULE", "CAPTURE"));
    assertEquals(1, run.code(), run.out() + run.err());
  }

  private Run run(List<String> verb) {
    List<String> arguments = new ArrayList<>();
    for (String word : verb) {
      switch (word) {
        case "RULE" -> arguments.addAll(List.of("-r", rule.toString()));
        case "CAPTURE" -> arguments.add(capture.toString());
        case "OTHER" -> arguments.add(other.toString());
        case "STATE", "OTHER_STATE" -> arguments.add(temp.resolve(word).toString());
        default -> arguments.add(word);
      }
    }
    return Run.of(arguments.toArray(String[]::new));
  }
}
