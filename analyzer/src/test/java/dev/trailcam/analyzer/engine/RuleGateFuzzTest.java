// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.engine.RuleTexts.Text;
import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Changes texts and trees at random, the same way each time. Most are refused; whatever is let
 * through, an {@link Onlooker} that knows nothing of the gate must have no objection to.
 */
class RuleGateFuzzTest {
  private static final int ROUNDS = Integer.getInteger("trailcam.fuzz", 1000);
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^']|'')*'|\"[^\"]*\"|\\w+|\\s+|[|]{2}|<>|[<>=!]=|\\S");
  private static final Pattern JSON_TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  private static final List<String> WORDS =
      List.of(
          "raw_execs",
          "derived_execs",
          "named_execs",
          "exec_segments",
          "duckdb_settings()",
          "'/etc/passwd'",
          "\"/etc/passwd\"",
          "read_text('/etc/passwd')",
          "current_date",
          "now()",
          "random()",
          "getenv('HOME')",
          "is_nameless(exe)",
          "main.",
          "temp.hits",
          ";",
          ")",
          "(",
          ",",
          "--",
          "/*",
          "*/",
          "$1",
          "$$",
          "?",
          "#1",
          "[1]",
          "['a']",
          "{'a': 1}",
          "*",
          "::blob",
          "COPY (SELECT 1) TO 'f'",
          "DELETE FROM derived_execs",
          "WITH RECURSIVE",
          "UNION",
          "LIMIT 1",
          "USING SAMPLE 1",
          "POSITIONAL JOIN",
          "ASOF JOIN",
          "NATURAL JOIN",
          "PIVOT",
          "SHOW TABLES",
          "unnest(argv)",
          "range(9)",
          "lambda x: x",
          "x -> x",
          "COLLATE nocase",
          "COLUMNS(*)",
          "query('SELECT 1')",
          "query_table('raw_execs')",
          "SELECT",
          "FROM",
          "WHERE",
          "AS",
          "EXISTS",
          "(SELECT exe FROM raw_execs)",
          "(SELECT content FROM read_text('x'))",
          "rowid",
          "user");

  private static Session session;
  private static RuleGate gate;
  private static Onlooker onlooker;
  private static final List<String> SEEDS = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    session = new Session(EngineOptions.DEFAULT);
    Vocabulary vocabulary = RowTables.open(session, List.of(), RuleSurface.packed()).vocabulary();
    gate = new RuleGate(session, vocabulary);
    onlooker = new Onlooker(session, vocabulary);
    for (Text text : RuleTexts.benign()) {
      SEEDS.add(text.sql());
    }
    RuleSet.packed().rules().forEach(rule -> SEEDS.add(rule.sql()));
  }

  @AfterAll
  static void close() throws Exception {
    onlooker.close();
    session.close();
  }

  @Test
  void onlooker_hasAnEyeForWhatIsHostile() throws Exception {
    // Otherwise the other tests could not fail.
    List<String> missed = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT content FROM read_text('x')",
            "SELECT 1; SELECT 2",
            "WITH x AS (COPY (SELECT 1) TO 'f') SELECT 1",
            "SELECT argv[1] FROM execs",
            "SELECT is_nameless(exe) FROM execs",
            "SELECT \"now\"() FROM execs")) {
      if (onlooker.objections(sql).isEmpty()) {
        missed.add(sql);
      }
    }
    assertEquals(List.of(), missed);
    assertTrue(Onlooker.binds(session, "SELECT * FROM derived_execs"));
    assertTrue(!onlooker.binds("SELECT * FROM derived_execs"));
  }

  @Test
  void texts() throws Exception {
    Random random = new Random(4);
    int passed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String sql = SEEDS.get(random.nextInt(SEEDS.size()));
      for (int i = random.nextInt(3); i >= 0; i--) {
        sql = mutated(sql, TOKEN, WORDS, random);
      }
      String text = sql;
      passed += letsThrough(text, () -> gate.require(text)) ? 1 : 0;
    }
    told("texts", passed);
  }

  @Test
  void trees() throws Exception {
    List<String> hostile = new ArrayList<>();
    for (Text text : RuleTexts.hostile()) {
      if (text.sql().length() < 1000) {
        Matcher strings = JSON_TEXT.matcher(gate.parsed(text.sql()));
        while (strings.find()) {
          hostile.add(strings.group());
        }
      }
    }
    hostile.addAll(List.of("null", "true", "1", "[]", "{}", "\"\""));
    Random random = new Random(5);
    int passed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String sql = SEEDS.get(random.nextInt(SEEDS.size()));
      String json = gate.parsed(sql);
      for (int i = random.nextInt(2); i >= 0; i--) {
        json = mutated(json, JSON_TEXT, hostile, random);
      }
      String tree = json;
      passed += letsThrough(tree, () -> gate.require(sql, tree)) ? 1 : 0;
    }
    told("trees", passed);
  }

  private static void told(String what, int passed) {
    System.out.println(ROUNDS + " " + what + ", of which " + passed + " may run");
    // If nothing passes, nothing was tested.
    assertTrue(passed > ROUNDS / 100, () -> passed + " of " + ROUNDS);
    assertTrue(passed < ROUNDS, () -> passed + " of " + ROUNDS);
  }

  private static boolean letsThrough(String what, Callable<CheckedSelect> work) throws Exception {
    CheckedSelect select;
    try {
      select = DeepStack.call(work);
    } catch (RuleRejected | SQLException e) {
      return false;
    }
    assertEquals(List.of(), onlooker.objections(select.text()), what);
    if (Onlooker.binds(session, select.text())) {
      assertTrue(onlooker.binds(select.text()), () -> what + "\n" + select.text());
    }
    return true;
  }

  /** One piece is replaced, doubled, left out, or gets another one before it. */
  private static String mutated(String text, Pattern piece, List<String> others, Random random) {
    List<int[]> pieces = new ArrayList<>();
    Matcher matcher = piece.matcher(text);
    while (matcher.find()) {
      pieces.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] at = pieces.get(random.nextInt(pieces.size()));
    int[] from = pieces.get(random.nextInt(pieces.size()));
    String own = text.substring(at[0], at[1]);
    String other =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> own + " " + own;
          case 2 -> text.substring(from[0], from[1]);
          case 3 -> " " + others.get(random.nextInt(others.size())) + " " + own;
          default -> " " + others.get(random.nextInt(others.size())) + " ";
        };
    return text.substring(0, at[0]) + other + text.substring(at[1]);
  }
}
