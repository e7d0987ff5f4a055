// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the steps of action.yml as GitHub would, around commands that a job might run. */
@NeedsRecorder
class ActionIT {
  private static final List<String> SH = List.of("sh", "-e");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ inputs\\.([a-z-]+) }}");

  @TempDir private Path directory;
  private final Map<String, Object> action = action();
  private FakeRunner runner;
  private Path sniffer;

  @BeforeEach
  void machine() throws IOException {
    // Machine-wide means that others' executions are seen too; ours are told by their path.
    sniffer = Files.copy(Path.of("/bin/true"), directory.resolve("tcpdump"));
    runner =
        new FakeRunner(Files.createDirectory(directory.resolve("runner")))
            .with(
                Map.of(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_ACTION_PATH", Launcher.ROOT.toString(),
                    "GITHUB_REPOSITORY", "example/hello",
                    "GITHUB_REF_NAME", "odd\nname $(touch x)",
                    "GITHUB_JOB", "build",
                    "RUNNER_TEMP", directory.toString()));
  }

  @Test
  void findingOfTheJob_failsTheStopStepAndIsHandedOut() throws Exception {
    FakeRunner.Step start = run("start", Map.of());
    assertEquals(0, start.status(), start.log());
    assertEquals("true", start.outputs().get("recording"));

    job(sniffer + " --version");
    FakeRunner.Step stop =
        run("stop", Map.of("state", start.outputs().get("state"), "fail-on", "critical"));

    assertEquals(1, stop.status(), stop.log());
    assertEquals("findings", stop.outputs().get("verdict"));
    assertEquals("true", stop.outputs().get("complete"));
    assertTrue(findings(stop).contains(sniffer + "\""), stop.log());
    assertTrue(findings(stop).contains("\"project_path\":\"example/hello\""), stop.log());
    assertTrue(findings(stop).contains("\"ref_name\":\"odd name $(touch x)\""), stop.log());
    assertTrue(stop.summary().contains("finding"), stop.summary());
    assertFalse(Files.exists(Path.of(start.outputs().get("state"))), "handed out, and still there");
    Launcher.Run verify = Launcher.trailcam("verify", stop.outputs().get("capture"));
    assertEquals(0, verify.status(), verify.out());
    assertTrue(verify.out().contains("chain head " + stop.outputs().get("head")), verify.out());
  }

  @Test
  void hostileArguments_giveNoCommandAndNoOutput() throws Exception {
    FakeRunner.Step start = run("start", Map.of());
    job(
        sniffer
            + " '##[error]gotcha' '::set-output name=verdict::clean' '\n::error::gotcha'"
            + " '\r::add-mask::a' '\u3000::error::gotcha' 'verdict<<x' '</pre><script>'");
    FakeRunner.Step stop = run("stop", Map.of("state", start.outputs().get("state")));

    assertEquals(0, stop.status(), stop.log());
    assertTrue(findings(stop).contains("gotcha"), "not recorded at all");
    List<String> commands = WorkflowCommands.in(stop.log());
    assertEquals(1, commands.size(), commands.toString());
    assertTrue(commands.get(0).startsWith("warning: "), commands.toString());
    assertEquals(declared("outputs", "steps.stop.outputs."), stop.outputs().keySet());
    // It may stand in a code span, which shows what it is.
    String page =
        HtmlRenderer.builder().build().render(Parser.builder().build().parse(stop.summary()));
    assertFalse(page.contains("<script>"), page);
  }

  @Test
  void recorderThatWasStoppedBeforeTheEnd_isNeverGreen() throws Exception {
    for (String signal : List.of("TERM", "KILL")) {
      FakeRunner.Step start = run("start", Map.of());
      String state = start.outputs().get("state");
      job("kill -s " + signal + " $(cut -d ' ' -f 1 " + state + "/recorder)");
      // The file goes when a recorder that was asked to stop has sealed, or at once.
      job("while kill -0 $(cut -d ' ' -f 1 " + state + "/recorder) 2>/dev/null; do :; done");

      FakeRunner.Step stop = run("stop", Map.of("state", state, "fail-on", "never"));
      assertEquals(4, stop.status(), stop.log());
      assertEquals("false", stop.outputs().get("complete"));
      assertFalse(stop.outputs().get("verdict").equals("clean"), stop.log());
      assertTrue(stop.summary().contains("ended before"), stop.summary());
      assertTrue(Files.exists(Path.of(state)), "root's copy of it is gone");

      FakeRunner.Step again = run("stop", Map.of("state", state, "allow-incomplete", "true"));
      assertEquals(0, again.status(), again.log());
      assertEquals("false", again.outputs().get("complete"));
      job("rm -rf " + state);
    }
  }

  @Test
  void jobThatCannotBeRecorded_failsUnlessItNeedNotBe() throws Exception {
    Map<String, String> impossible = Map.of("store", "relative/store");
    FakeRunner.Step start = run("start", impossible);
    assertEquals(4, start.status(), start.log());
    assertTrue(WorkflowCommands.in(start.log()).get(0).startsWith("error: "), start.log());
    FakeRunner.Step stopped = run("stop", Map.of("state", ""));
    assertEquals(4, stopped.status(), stopped.log());

    Map<String, String> optional = new HashMap<>(impossible);
    optional.put("required", "false");
    start = run("start", optional);
    assertEquals(0, start.status(), start.log());
    assertEquals("false", start.outputs().get("recording"));
    assertTrue(WorkflowCommands.in(start.log()).get(0).startsWith("warning: "), start.log());
    FakeRunner.Step stop = run("stop", Map.of("state", "", "required", "false"));
    assertEquals(0, stop.status(), stop.log());
    assertEquals("not-recorded", stop.outputs().get("verdict"));
  }

  @Test
  void wrongSettings_areErrorsBeforeAnythingHappens() throws Exception {
    for (Map<String, String> wrong :
        List.of(
            Map.of("fail-on", "hihg"),
            Map.of("allow-incomplete", "yes"),
            Map.of("required", "no"))) {
      FakeRunner.Step stop = run("stop", wrong);
      assertEquals(2, stop.status(), stop.log());
      assertTrue(WorkflowCommands.in(stop.log()).get(0).startsWith("error: "), stop.log());
    }
    FakeRunner.Step begun = run("begin", Map.of());
    assertEquals(2, begun.status(), begun.log());
    FakeRunner.Step foreign = run("stop", Map.of("state", directory + "/trailcam-ci.mine"));
    assertEquals(4, foreign.status(), foreign.log());
  }

  @Test
  void metadata_isWhatGitHubTakes() throws IOException {
    assertTrue(
        Set.of("name", "description", "author", "branding", "inputs", "outputs", "runs")
            .containsAll(action.keySet()));
    for (Object input : map(action.get("inputs")).values()) {
      assertTrue(Set.of("description", "required", "default").containsAll(map(input).keySet()));
      assertTrue(map(input).get("default") == null || map(input).get("default") instanceof String);
    }
    for (Object output : map(action.get("outputs")).values()) {
      assertEquals(Set.of("description", "value"), map(output).keySet());
    }
    for (Map<String, Object> step : steps()) {
      assertTrue(
          Set.of("name", "id", "if", "shell", "env", "run", "uses", "with")
              .containsAll(step.keySet()));
      assertEquals(step.containsKey("run"), step.containsKey("shell"), "run needs shell");
      assertEquals(step.containsKey("run"), !step.containsKey("uses"), "either run or uses");
      // An input in a script is a way to put commands into it.
      assertFalse(step.toString().contains("run=") && ((String) step.get("run")).contains("${{"));
    }
    Matcher used =
        Pattern.compile("inputs\\.([a-z-]+)")
            .matcher(Files.readString(Launcher.ROOT.resolve("action.yml"), UTF_8));
    Set<String> names = new TreeSet<>();
    while (used.find()) {
      names.add(used.group(1));
    }
    assertEquals(new TreeSet<>(map(action.get("inputs")).keySet()), names);
  }

  @Test
  void variablesThatArePassedOn_areThoseTheRecorderReads() throws Exception {
    String source =
        Files.readString(
            Launcher.ROOT.resolve(
                "recorder/src/main/java/dev/trailcam/recorder/recording/CiVariables.java"),
            UTF_8);
    Matcher name = Pattern.compile("\"([A-Z][A-Z_]+)\"").matcher(source);
    Set<String> read = new TreeSet<>(Set.of("TRAILCAM_ENVIRONMENT"));
    while (name.find()) {
      read.add(name.group(1));
    }
    Launcher.Run run = Launcher.run(List.of("ci/as-root", "variables"));
    assertEquals(read, new TreeSet<>(run.out().lines().toList()));
  }

  private FakeRunner.Step run(String mode, Map<String, String> given) throws Exception {
    Map<String, String> inputs = new HashMap<>();
    map(action.get("inputs"))
        .forEach((name, input) -> inputs.put(name, (String) map(input).get("default")));
    inputs.put("mode", mode);
    inputs.putAll(given);
    Map<String, Object> step =
        steps().stream()
            .filter(one -> mode.equals(one.get("id")) || one.get("name").equals("Check the mode"))
            .reduce((first, second) -> second)
            .orElseThrow();
    Map<String, String> environment = new HashMap<>();
    if (step.get("env") != null) {
      map(step.get("env"))
          .forEach((name, value) -> environment.put(name, evaluate((String) value, inputs)));
    }
    return runner.step(SH, (String) step.get("run"), environment);
  }

  private static String evaluate(String text, Map<String, String> inputs) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(inputs.get(match.group(1))));
  }

  private void job(String text) throws Exception {
    FakeRunner.Step step = runner.step(List.of("bash", "-e"), text, Map.of());
    assertEquals(0, step.status(), step.log());
  }

  private static String findings(FakeRunner.Step stop) throws IOException {
    return Files.readString(Path.of(stop.outputs().get("directory"), "findings.ndjson"));
  }

  /** Names of a section of action.yml whose value refers to a step. */
  private Set<String> declared(String section, String reference) {
    Set<String> names = new TreeSet<>();
    map(action.get(section))
        .forEach(
            (name, output) -> {
              if (((String) map(output).get("value")).contains(reference)) {
                names.add(name);
              }
            });
    return names;
  }

  private List<Map<String, Object>> steps() {
    return ((List<?>) map(action.get("runs")).get("steps")).stream().map(ActionIT::map).toList();
  }

  private static Map<String, Object> action() {
    try {
      return map(
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(Launcher.ROOT.resolve("action.yml"), UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked") // keys of such files are strings
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
