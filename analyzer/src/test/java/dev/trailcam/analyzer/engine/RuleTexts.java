// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL texts among the test resources of the gate. */
final class RuleTexts {
  static final List<String> HOSTILE =
      List.of("files", "statements", "catalog", "unsteady", "text", "constructs");

  private static final Pattern CHARACTER = Pattern.compile("\\{U\\+([0-9A-F]{4,6})\\}");
  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+)\\*([^}]*)\\}");

  /**
   * A text.
   *
   * @param line line of the first violation, in the text; 0 for the text as a whole
   * @param reason what one violation at that line must say
   * @param name what it tries or shows
   */
  record Text(String file, int line, String reason, String name, String sql) {
    @Override
    public String toString() {
      return file + ": " + name;
    }
  }

  private RuleTexts() {}

  /** Texts that must be refused. */
  static List<Text> hostile() throws IOException {
    List<Text> texts = new ArrayList<>();
    for (String file : HOSTILE) {
      for (String block : blocks("hostile/" + file + ".txt")) {
        String[] head = block.substring(0, block.indexOf('\n')).split("\\|", 3);
        texts.add(
            new Text(
                file,
                Integer.parseInt(head[0].strip()),
                head[1].strip(),
                head[2].strip(),
                expand(block.substring(block.indexOf('\n') + 1))));
      }
    }
    return texts;
  }

  /** Texts that must be accepted. */
  static List<Text> benign() throws IOException {
    List<Text> texts = new ArrayList<>();
    for (String block : blocks("benign.txt")) {
      int end = block.indexOf('\n');
      texts.add(new Text("benign", 0, "", block.substring(0, end), block.substring(end + 1)));
    }
    return texts;
  }

  private static List<String> blocks(String name) throws IOException {
    try (InputStream in = RuleTexts.class.getResourceAsStream("../gate/" + name)) {
      String[] blocks =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ", -1);
      return List.of(blocks).subList(1, blocks.length);
    }
  }

  private static String expand(String text) {
    String expanded =
        CHARACTER
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(found.group(1), 16))));
    return REPEATED
        .matcher(expanded)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
  }
}
