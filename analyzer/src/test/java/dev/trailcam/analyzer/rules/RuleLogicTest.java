// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLogicTest {
  private static final String SQL =
      "SELECT e.exec_id, 'it''s -- no comment /* nor this */' AS reason FROM execs AS e"
          + " JOIN tools AS t ON t.name = e.exe_name WHERE \"uid\" <> 0 AND e.argc >= 2";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT a; SELECT /* why */ a -- because
          SELECT a; -- id: x
          SELECT f(a,b); SELECT f( a , b )
          SELECT a.b; SELECT a . b
          SELECT a; "SELECT a ; "
          """)
  void layoutAndComments_areNoLogic(String a, String b) {
    String other = b.startsWith("-- id") ? b + "\n" + a : b;
    assertEquals(hash(a), hash(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT 'a b'; SELECT 'a  b'
          SELECT 'a--b'; SELECT 'a
          SELECT 'a''b'; SELECT 'a' 'b'
          SELECT ab; SELECT a b
          SELECT 1; SELECT 2
          SELECT 'A'; SELECT 'a'
          SELECT 'a/**/b'; SELECT 'ab'
          """)
  void everythingElse_is(String a, String b) {
    assertNotEquals(hash(a), hash(b));
  }

  /** Wherever a token ends, any white space and any comment may follow. */
  @Test
  void anyLayout_hasTheSameHash() {
    Random random = new Random(4);
    List<String> tokens =
        List.of(
            "SELECT",
            "e",
            ".",
            "x",
            ",",
            "'it''s -- no /* c'",
            "AS",
            "\"q r\"",
            "FROM",
            "t",
            "WHERE",
            "e",
            "<>",
            "-",
            "1");
    String expected = hash(String.join(" ", tokens));
    List<String> fillers = List.of(" ", "\n", "\t", " -- c 'x\n", "/* ' \" -- */", "\r\n");
    for (int i = 0; i < 500; i++) {
      StringBuilder sql = new StringBuilder("-- id: x\n");
      for (String token : tokens) {
        sql.append(token);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          sql.append(fillers.get(random.nextInt(fillers.size())));
        }
      }
      assertEquals(expected, hash(sql.toString()), sql::toString);
    }
  }

  @Test
  void list_countsWithoutItsSources() {
    ListFile list = list("name,source\na,Debian\n");
    String before = hash(SQL, list);
    assertEquals(List.of("tools"), RuleLogic.of(SQL, List.of(list)).lists());
    assertEquals(before, hash(SQL, list("name,source\na,Kali\n")));
    assertNotEquals(before, hash(SQL, list("name,source\nb,Debian\n")));
    assertNotEquals(before, hash(SQL, list("name,source\na,Debian\nb,Debian\n")));
    assertNotEquals(before, hash(SQL, list("name,kind,source\na,,Debian\n")));
    String other = "SELECT 'tools'";
    assertEquals(hash(other), hash(other, list));
    assertEquals(List.of(), RuleLogic.of(other + " -- tools", List.of(list)).lists());
  }

  @Test
  void unfinishedText_hasAHash() {
    for (String sql : List.of("", "'", "\"", "/*", "--", "'a''", "/* *", ";")) {
      assertEquals(64, hash(sql).length());
    }
  }

  private static ListFile list(String csv) {
    List<RuleProblem> problems = new ArrayList<>();
    ListFile list =
        ListFile.read(new SurfaceFile("lists/tools.csv", "lists/tools.csv", csv), problems::add);
    assertEquals(List.of(), problems);
    return list;
  }

  private static String hash(String sql, ListFile... lists) {
    return RuleLogic.of(sql, List.of(lists)).sha256();
  }
}
