// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.PackedQueries;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/writing-rules.md} what the prelude and the lint say. To write its tables anew:
 * {@code mvn test -pl analyzer -am -DargLine=-Dtrailcam.regenerate=true
 * -Dtest=WritingRulesDocumentTest}.
 */
class WritingRulesDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/writing-rules.md");
  private static final Pattern MACRO =
      Pattern.compile("CREATE OR REPLACE MACRO (?<word>[a-z_0-9]+\\([a-z_0-9, ]*\\)) AS.*");
  private static final Pattern SECTION = Pattern.compile("-- (?<title>\\S.*?) -{10,}");

  @Test
  void words_areThoseOfThePrelude() throws IOException {
    String table = words();
    assertTrue(table.contains("| `has_arg(l, s)` | Whether an element equals s; false for NULL |"));
    assertTrue(table.lines().count() > 15, table);
    generated("words", table);
  }

  @Test
  void codes_areThoseOfLint() throws IOException {
    StringBuilder table = new StringBuilder("| code | what is wrong |\n|---|---|\n");
    for (LintCode code : LintCode.values()) {
      table.append("| `").append(code.id()).append("` | ").append(code.meaning()).append(" |\n");
    }
    generated("codes", table.toString());
  }

  @Test
  void views_areAllThere() throws IOException {
    String document = Files.readString(DOCUMENT);
    for (Table table : Table.values()) {
      assertTrue(document.contains("\n| `" + table.sqlName() + "` | "), table.sqlName());
    }
    assertTrue(document.contains("\n| `captures` | "));
    assertTrue(document.contains("ATT&CK " + AttackCatalogue.VERSION + " "));
  }

  /** Each word for rules with the comment above it; words with one comment share a line. */
  private static String words() {
    StringBuilder table = new StringBuilder("| word | what it gives |\n|---|---|\n");
    List<String> comment = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean forRules = false;
    List<String> lines =
        new ArrayList<>(PackedQueries.text("prelude/prelude.duckdb.sql").lines().toList());
    lines.add("");
    for (String line : lines) {
      Matcher section = SECTION.matcher(line);
      Matcher macro = MACRO.matcher(line);
      if (section.matches()) {
        forRules = !section.group("title").equals("For the views");
      } else if (macro.matches()) {
        words.add("`" + macro.group("word") + "`");
      } else if (line.startsWith("-- ")) {
        comment.add(line.substring(3));
      } else if (line.isEmpty()) {
        if (forRules && !words.isEmpty()) {
          table.append("| ").append(String.join("<br>", words)).append(" | ");
          table.append(String.join(" ", comment).replaceFirst("[.]$", "").replace("|", "\\|"));
          table.append(" |\n");
        }
        comment.clear();
        words.clear();
      }
    }
    return table.toString();
  }

  private static void generated(String name, String expected) throws IOException {
    String document = Files.readString(DOCUMENT);
    String begin = "<!-- " + name + ": generated, see WritingRulesDocumentTest -->\n";
    int from = document.indexOf(begin) + begin.length();
    int to = document.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("trailcam.regenerate")) {
      document = document.substring(0, from) + expected + document.substring(to);
      Files.writeString(DOCUMENT, document);
      to = from + expected.length();
    }
    assertEquals(expected, document.substring(from, to), "regenerate it with this test");
  }
}
