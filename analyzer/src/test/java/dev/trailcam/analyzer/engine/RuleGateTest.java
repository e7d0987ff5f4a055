// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.engine.RuleTexts.Text;
import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate refuses and what it lets through, over tables without a row. */
class RuleGateTest {
  private static Session session;
  private static Vocabulary vocabulary;
  private static RuleGate gate;

  @BeforeAll
  static void open() throws Exception {
    session = new Session(EngineOptions.DEFAULT);
    vocabulary = RowTables.open(session, List.of(), RuleSurface.packed()).vocabulary();
    gate = new RuleGate(session, vocabulary);
  }

  @AfterAll
  static void close() throws Exception {
    session.close();
  }

  static List<Text> hostile() throws IOException {
    return RuleTexts.hostile();
  }

  static List<Text> benign() throws IOException {
    return RuleTexts.benign();
  }

  static List<Rule> packed() {
    return RuleSet.packed().rules();
  }

  @ParameterizedTest
  @MethodSource
  void hostile(Text text) throws Exception {
    RuleRejected rejected =
        assertThrows(RuleRejected.class, () -> DeepStack.call(() -> gate.require(text.sql())));
    assertTrue(
        rejected.violations().stream()
            .anyMatch(v -> v.line() == text.line() && v.message().contains(text.reason())),
        () -> "expected " + text.line() + ": " + text.reason() + ", got " + rejected.violations());
  }

  @ParameterizedTest
  @MethodSource
  void benign(Text text) throws Exception {
    runs(text.sql());
  }

  @ParameterizedTest
  @MethodSource
  void packed(Rule rule) throws Exception {
    runs(rule.sql());
  }

  private static void runs(String sql) throws Exception {
    CheckedSelect select;
    try {
      select = gate.require(sql);
    } catch (RuleRejected e) {
      throw new AssertionError(e.violations().toString(), e);
    }
    session.query("SELECT exec_id, reason FROM (\n" + select.text() + "\n) AS rule", row -> {});
  }

  @Test
  void everyTable_mayBeRead() throws Exception {
    for (String table : vocabulary.tables().keySet()) {
      runs("SELECT e.exec_id, 'x' AS reason FROM execs AS e, " + table + " AS t");
    }
  }

  @Test
  void benignAndPacked_useTheWholeVocabulary() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Text text : RuleTexts.benign()) {
      all.append(text.sql());
    }
    packed().forEach(rule -> all.append(rule.sql()));
    TreeSet<String> unused = new TreeSet<>(vocabulary.words());
    unused.addAll(vocabulary.tableWords());
    unused.removeIf(word -> all.toString().matches("(?s).*\\b" + word + "\\(.*"));
    assertEquals(new TreeSet<>(), unused);
  }
}
