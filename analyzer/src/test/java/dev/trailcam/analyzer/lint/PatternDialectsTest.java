// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternDialectsTest {
  private static final String MATCH = "SELECT regexp_matches(?, ?)";
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "A",
          "1",
          ".",
          "x?",
          "a*",
          "b+",
          "(",
          ")",
          "(?:",
          "(?i)",
          "|",
          "[",
          "]",
          "[^",
          "-",
          "&&",
          "^",
          "{2}",
          "{1,2}",
          "{",
          "\\",
          "\\d",
          "\\w",
          "\\b",
          "\\.",
          "\\[",
          "+",
          "?",
          "[:alpha:]",
          "\\1",
          "\\v",
          "\\Q",
          "\\E",
          "(?=",
          "(?P<n>",
          "\\x41",
          "\\pL",
          "\\z");
  private static final List<String> TEXTS =
      List.of(
          "", "a", "ab", "aab", "Ab1", "[", "]", "a-b", "&", "a&b", "{2}", "xx", "b.a", "l", "ph:",
          "A", "1", "\\", "a{", "^a", "(a)", "aaaa");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?>a)",
        "(?P<n>a)",
        "(?<n>a)",
        "a++",
        "a*+",
        "a?+",
        "a{2}+",
        "(a)\\1",
        "\\07",
        "[[:space:]]",
        "[a[b]]",
        "[a&&b]",
        "[]a]",
        "\\R",
        "\\h",
        "\\v",
        "\\Z",
        "\\G",
        "\\ca",
        "\\u0041",
        "(?x)a",
        "(?U)a",
        "(?u)a",
        "a{b",
        "(",
        "[a",
        "*a",
        "\\C",
        "\\K",
        "a\\"
      })
  void whatEnginesReadDifferently_isTold(String pattern) {
    assertFalse(PatternDialects.differences(pattern).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(/usr)?/(s?bin|lib/systemd|libexec)/[^/]+$",
        "(?i)foo|bar",
        "[a-z0-9_.-]{1,64}",
        "\\.sh$",
        "\\bnc\\b",
        "[^\\]\\[]",
        "(?s)a.b",
        "\\Qa[b\\E",
        "a??",
        "\\x41",
        "\\pL",
        "\\z",
        "(?:a|b)*",
        "[\\w.]+@",
        "a{2,3}?",
        "",
        "(?i:a)b",
        "\\$\\{?[A-Z]"
      })
  void whatTheyReadAlike_isNot(String pattern) {
    assertEquals(List.of(), PatternDialects.differences(pattern));
  }

  /**
   * What nothing is told about and what RE2 accepts matches the same texts in Java, with the flags
   * that the words of another engine put in front of it.
   */
  @Test
  void bothEnginesAgree() throws SQLException {
    Random random = new Random(5);
    int compared = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int i = 0; i < 2500; i++) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
          text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        String pattern = text.toString();
        if (!PatternDialects.differences(pattern).isEmpty()) {
          continue;
        }
        Pattern java = Pattern.compile("(?du)" + pattern);
        // An error closes a statement of this driver.
        try (PreparedStatement match = connection.prepareStatement(MATCH)) {
          match.setString(2, pattern);
          for (String subject : TEXTS) {
            match.setString(1, subject);
            try (ResultSet row = match.executeQuery()) {
              row.next();
              assertEquals(
                  row.getBoolean(1), java.matcher(subject).find(), pattern + " in " + subject);
            }
          }
          compared++;
        } catch (SQLException e) {
          assertTrue(e.getMessage().startsWith("Invalid Input Error"), e.getMessage() + pattern);
        }
      }
    }
    assertTrue(compared > 400, "compared only " + compared);
  }
}
