// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.queries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.ExecColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class CasesTest {
  private static final List<String> GROUPS = List.of("fires", "silent", "known_misses");
  private static final Set<String> STORED =
      List.of(ExecColumn.values()).stream()
          .filter(column -> !column.derived())
          .map(ExecColumn::columnName)
          .collect(Collectors.toSet());

  static List<Path> rules() throws IOException {
    return ContentTest.rules();
  }

  /** All cases go in together, so a rule that reports one execution twice or another's is seen. */
  @ParameterizedTest
  @MethodSource("rules")
  void everyCaseHolds(Path rule) throws IOException, SQLException {
    Path file = rule.resolveSibling(ContentTest.name(rule) + ".cases.yml");
    Map<?, ?> cases =
        (Map<?, ?>)
            new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadFromString(Files.readString(file));
    assertEquals(Set.copyOf(GROUPS), cases.keySet());
    try (Surface surface = Surface.open()) {
      List<String> expected = new ArrayList<>();
      Set<String> sentences = new HashSet<>();
      int number = 0;
      for (String group : GROUPS) {
        for (Object entry : (List<?>) cases.get(group)) {
          Map<?, ?> one = (Map<?, ?>) entry;
          assertEquals(Set.of("case", "exec"), one.keySet());
          String sentence = (String) one.get("case");
          assertTrue(sentences.add(sentence), sentence);
          insert(surface, ++number, sentence, (Map<?, ?>) one.get("exec"));
          if (group.equals("fires")) {
            expected.add(sentence);
          }
        }
      }
      String findings = "(\n" + Files.readString(rule) + "\n)";
      assertEquals(
          expected,
          surface.query(
              "SELECT host FROM execs JOIN " + findings + " USING (exec_id) ORDER BY boot_ns"));
      List<String> reasons = surface.query("SELECT reason FROM " + findings);
      assertFalse(reasons.contains("null"));
    }
  }

  /** The sentence goes where no rule looks. */
  private static void insert(Surface surface, int number, String sentence, Map<?, ?> exec)
      throws SQLException {
    List<String> names = new ArrayList<>(List.of("host", "boot_id", "pid", "start_boot_ns"));
    List<String> values =
        new ArrayList<>(List.of(Surface.quoted(sentence), "'b'", "1", String.valueOf(number)));
    names.add("boot_ns");
    values.add(String.valueOf(number));
    for (Map.Entry<?, ?> column : exec.entrySet()) {
      assertTrue(STORED.contains(column.getKey()), () -> "no such column: " + column.getKey());
      names.add((String) column.getKey());
      values.add(literal(column.getValue()));
    }
    if (!exec.containsKey("argc") && exec.get("argv") instanceof List<?> argv) {
      names.add("argc");
      values.add(String.valueOf(argv.size()));
    }
    surface.run(
        "INSERT INTO raw_execs ("
            + String.join(", ", names)
            + ") VALUES ("
            + String.join(", ", values)
            + ")");
  }

  private static String literal(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(CasesTest::literal).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? Surface.quoted(text) : String.valueOf(value);
  }
}
