// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The cases beside each packed rule: what must fire fires exactly once, what must stay silent and
 * what is known to be missed does not. All cases of a rule are executions of one capture, with what
 * their processes did.
 */
class RuleCasesTest {
  private static final Path RULES = Path.of("../queries/rules");
  private static final Set<String> KEYS = Set.of("case", "exec", "raw_sockets", "reason");

  @TempDir static Path temp;

  /**
   * A case.
   *
   * @param exec columns of its execution
   * @param sockets columns of each row of {@code raw_sockets} that its program left
   * @param reason what the finding must say, or null
   */
  private record Case(
      String section,
      String name,
      Map<String, Object> exec,
      List<Map<String, Object>> sockets,
      String reason) {
    boolean fires() {
      return section.equals("fires");
    }
  }

  @TestFactory
  Stream<DynamicContainer> cases() throws IOException {
    try (Stream<Path> files = Files.walk(RULES)) {
      return files.filter(file -> file.toString().endsWith(".cases.yml")).sorted().toList().stream()
          .map(RuleCasesTest::rule);
    }
  }

  private static DynamicContainer rule(Path file) {
    String id = file.getFileName().toString().replace(".cases.yml", "");
    List<Case> cases = read(file);
    CaptureFixture capture = CaptureFixture.at(temp.resolve(id));
    for (Case one : cases) {
      capture.exec(one.exec());
      one.sockets().forEach(socket -> capture.event(Table.RAW_SOCKETS, socket));
    }
    ReplayResult result = replay(file.resolveSibling(id + ".sql"), capture.write());
    Map<String, String> hits =
        result.findings().stream()
            .collect(Collectors.toMap(f -> f.execution().execId(), Finding::reason));
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "runs",
            () -> {
              assertEquals(List.of(), result.ruleProblems());
              assertEquals(List.of(), result.evidenceProblems());
              assertEquals(hits.size(), result.findings().size());
            }));
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      String reason = hits.get(CaptureFixture.execId(i));
      tests.add(
          DynamicTest.dynamicTest(
              one.section() + ": " + one.name(),
              () -> {
                assertEquals(one.fires(), reason != null, () -> one.name() + ": " + reason);
                if (one.reason() != null) {
                  assertEquals(one.reason(), reason);
                }
              }));
    }
    return DynamicContainer.dynamicContainer(id, tests);
  }

  private static List<Case> read(Path file) {
    try {
      Map<?, ?> document =
          (Map<?, ?>)
              new Load(LoadSettings.builder().setLabel(file.toString()).build())
                  .loadFromString(Files.readString(file));
      assertEquals(Set.of("fires", "silent", "known_misses"), document.keySet(), file.toString());
      List<Case> cases = new ArrayList<>();
      document.forEach(
          (section, list) -> {
            for (Object one : (List<?>) list) {
              Map<?, ?> entry = (Map<?, ?>) one;
              assertTrue(KEYS.containsAll(entry.keySet()), entry::toString);
              List<Map<String, Object>> sockets = new ArrayList<>();
              if (entry.get("raw_sockets") != null) {
                ((List<?>) entry.get("raw_sockets")).forEach(row -> sockets.add(columns(row)));
              }
              cases.add(
                  new Case(
                      (String) section,
                      (String) entry.get("case"),
                      columns(entry.get("exec")),
                      sockets,
                      (String) entry.get("reason")));
            }
          });
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> columns(Object row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    ((Map<?, ?>) row).forEach((column, value) -> columns.put((String) column, value));
    return columns;
  }

  private static ReplayResult replay(Path sql, Path capture) {
    RuleSet all = RuleSet.of(List.of(sql));
    List<Rule> rules = all.rules();
    assertEquals(1, rules.size(), all.problems().toString());
    return new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
        .replay(CaptureSet.open(List.of(capture), name -> {}), new RuleSet(rules, List.of()));
  }
}
