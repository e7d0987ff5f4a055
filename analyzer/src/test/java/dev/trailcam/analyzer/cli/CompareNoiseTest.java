// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.novelty.Normalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is taken for noise, in what was really recorded. */
class CompareNoiseTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  /** As the compiler, mktemp and apt name files that another run names otherwise. */
  private static final Pattern TEMPORARY =
      Pattern.compile("(?<=/tmp/cc|/tmp/tmp\\.|/tmp/apt\\.(?:conf|data|sig)\\.)[0-9A-Za-z]{6,10}");

  private static final TreeSet<String> PROGRAMS = new TreeSet<>();
  private static final TreeSet<String> TEXTS = new TreeSet<>();

  @BeforeAll
  static void readSamples() {
    Run run =
        Run.of(
            "tree",
            "--no-findings",
            "--unfold",
            "--limit",
            "100000",
            "--format",
            "ndjson",
            SAMPLES.toString());
    ObjectMapper mapper = new ObjectMapper();
    run.out()
        .lines()
        .forEach(
            line -> {
              for (JsonNode program : mapper.readTree(line).findParents("argv")) {
                String exe = program.path("program").stringValue(null);
                if (exe != null) {
                  PROGRAMS.add(exe);
                }
                program.get("argv").forEach(argument -> TEXTS.add(argument.stringValue()));
                if (program.path("cwd").isString()) {
                  TEXTS.add(program.get("cwd").stringValue());
                }
              }
            });
    assertTrue(TEXTS.size() > 1000 && PROGRAMS.size() > 100, TEXTS.size() + " " + PROGRAMS.size());
  }

  /** Read this when it changes: what became the same is no longer told apart. */
  @Test
  void whatIsTakenForTheSame() throws IOException {
    Map<String, Integer> same = new TreeMap<>();
    for (String text : TEXTS) {
      String shape = Normalizer.text(text);
      if (!shape.equals(text.replace("<", "<<"))) {
        same.merge(shape.replace("\n", "\\n").replace("\t", "\\t"), 1, Integer::sum);
      }
    }
    StringBuilder all = new StringBuilder();
    same.forEach((shape, texts) -> all.append(texts).append('\t').append(shape).append('\n'));
    Golden.check("compare-noise.txt", all.toString());
  }

  @Test
  void programs_stayThemselves() {
    Map<String, String> shapes = new HashMap<>();
    for (String program : PROGRAMS) {
      String shape = Normalizer.program(program);
      String name = program.substring(program.lastIndexOf('/'));
      assertTrue(shape.endsWith(name.replace("<", "<<")), program);
      String other = shapes.put(shape, name);
      assertTrue(other == null || other.equals(name), program);
    }
  }

  @Test
  void temporaryNamesOfAnotherRun_areNoDifference() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    int renamed = 0;
    for (String text : TEXTS) {
      Matcher matcher = TEMPORARY.matcher(text);
      String other = matcher.replaceAll(match -> letters(random, match.group().length()));
      assertEquals(Normalizer.text(text), Normalizer.text(other));
      renamed += other.equals(text) ? 0 : 1;
    }
    assertTrue(renamed > 100, "" + renamed);
  }

  private static String letters(SplittableRandom random, int length) {
    String all = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.append(all.charAt(random.nextInt(all.length())));
    }
    return name.toString();
  }
}
