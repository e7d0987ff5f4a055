// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.analyzer.rules.RuleCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about testing rules shows files that can be read. */
class TestingRulesDocumentTest {
  private static final Path PAGE =
      Path.of(System.getProperty("trailcam.root"), "docs/testing-rules.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void examples_areGood() throws IOException {
    List<String> kinds = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      String text = block.group(1).stripIndent();
      if (text.contains("expect:")) {
        kinds.add("expectations");
        assertEquals(List.of(), ExpectationReader.read("page", text).problems());
      } else {
        kinds.add("cases");
        assertEquals(List.of(), RuleCases.parse("page", whole(text)).problems());
      }
    }
    assertEquals(List.of("cases", "cases", "cases", "expectations"), kinds);
  }

  /** An example may show some of a file only. */
  private static String whole(String text) {
    StringBuilder whole =
        new StringBuilder(text.startsWith("-") ? "fires:\n" + text.indent(2) : text);
    for (String section : List.of("fires", "silent", "known_misses")) {
      if (!whole.toString().contains(section + ":\n")) {
        whole.append(section).append(": []\n");
      }
    }
    return whole.toString();
  }
}
