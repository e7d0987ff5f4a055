// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.suppressions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionSetTest {
  private static final String GOOD =
      """
      # Why a comment of YAML is no part of a condition.
      - id: nightly-scan
        rule: net_sniff_tool_exec
        where: exe = '/usr/bin/tcpdump' AND host = 'scanner-1'
        owner: netops@example.org
        reason: The nightly scan of the lab network
        starts: 2026-01-01
        expires: 2027-03-31T18:00:00.000001+02:00
      """;

  @TempDir Path temp;

  @Test
  void entry_isReadAsItIsWritten() throws IOException {
    SuppressionSet set = read(GOOD);
    assertEquals(List.of(), set.problems());
    assertEquals(
        List.of(
            new Suppression(
                "nightly-scan",
                "net_sniff_tool_exec",
                "exe = '/usr/bin/tcpdump' AND host = 'scanner-1'",
                OptionalLong.of(1_767_225_600_000_000L),
                1_806_508_800_000_001L,
                "netops@example.org",
                "The nightly scan of the lab network",
                temp.resolve("s.yml").toString(),
                2,
                4)),
        set.entries());
    assertEquals(64, set.files().get(temp.resolve("s.yml").toString()).length());
  }

  @Test
  void whatIsWrong_isSaidWithItsLine() throws IOException {
    assertEquals(List.of(":2: the entry lacks owner"), without("owner"));
    assertEquals(List.of(":2: the entry lacks reason"), without("reason"));
    assertEquals(List.of(":2: the entry lacks expires"), without("expires"));
    assertEquals(List.of(":2: the entry lacks where"), without("where"));
    assertEquals(List.of(":2: the entry lacks rule"), without("rule"));
    assertEquals(
        List.of(":5: a suppression has no key were"), with("where:", "where: exe='x'\n  were:"));
    assertEquals(List.of(":6: says twice: where"), with("  reason:", "  where: 'true'\n  reason:"));
    assertEquals(
        List.of(":3: rule must be the id of one rule"), with("net_sniff_tool_exec", "'*'"));
    assertEquals(
        List.of(":2: starts must be before expires"),
        with("starts: 2026-01-01", "starts: 2028-01-01"));
    assertEquals(
        List.of(":5: owner must be who answers for it, in 200 characters"),
        with("netops@example.org", "' '"));
    for (String where : List.of("true", "[exe]", "''", "null", "7")) {
      List<String> problems = with("exe = '/usr/bin/tcpdump' AND host = 'scanner-1'", where);
      assertTrue(problems.toString().startsWith("[:4: where must be a SQL condition"), where);
    }
    for (String text : List.of("[]x", "id: x", "", "- a", "- id: [", "- &a {id: *a}", "7")) {
      SuppressionSet set = read(text);
      assertEquals(List.of(), set.entries(), text);
      assertEquals(1, set.problems().size(), text);
    }
    assertEquals(List.of(), read("[]").problems());
  }

  @Test
  void times_areDatesOrRfc3339() throws IOException {
    for (String time :
        List.of(
            "2027-02-30",
            "2027-3-1",
            "never",
            "9999-12-31",
            "1969-12-31",
            "2027-01-01T00:00:00",
            "2027-01-01T25:00:00Z",
            "2027-01-01T00:00:00.0000001Z",
            "+2027-01-01",
            "T-7d")) {
      assertEquals(
          List.of(":2: expires must be " + EventTime.EXPECTED),
          with("2027-03-31T18:00:00.000001+02:00", "'" + time + "'"),
          time);
    }
    assertEquals(OptionalLong.of(0), EventTime.micros("1970-01-01"));
    assertEquals(EventTime.micros("2027-01-01"), EventTime.micros("2027-01-01T02:00:00+02:00"));
  }

  @Test
  void badEntry_leavesTheOthers() throws IOException {
    SuppressionSet set = read(GOOD + "- id: x\n" + GOOD.replace("nightly-scan", "b"));
    assertEquals(
        List.of("b", "nightly-scan"), set.entries().stream().map(Suppression::id).toList());
    assertEquals(5, set.problems().size());
  }

  @Test
  void idThatIsThereTwice_isHeededOnce() throws IOException {
    Path file = Files.writeString(temp.resolve("s.yml"), GOOD);
    SuppressionSet set = SuppressionSet.of(List.of(file, file));
    assertEquals(1, set.entries().size());
    assertEquals(
        List.of(
            new RuleProblem(
                "" + file,
                2,
                "is not heeded: has the id of " + file + ":2; ids must be unique: nightly-scan")),
        set.problems());
  }

  @Test
  void fileThatCannotBeRead_isNamed() throws IOException {
    Path large = Files.write(temp.resolve("large.yml"), new byte[(1 << 20) + 1]);
    Path latin = Files.write(temp.resolve("latin.yml"), "é".getBytes(StandardCharsets.ISO_8859_1));
    SuppressionSet set =
        SuppressionSet.of(List.of(large, temp, latin, temp.resolve("none"), Path.of("/dev/zero")));
    assertEquals(
        List.of(
            "" + large + ": cannot be read: it is larger than 1 MiB",
            temp + ": cannot be read: it is no regular file",
            latin + ": is not UTF-8",
            temp.resolve("none") + ": cannot be read: it does not exist",
            "/dev/zero: cannot be read: it is no regular file"),
        set.problems().stream().map(RuleProblem::toString).toList());
  }

  @Test
  void anything_isReadOrNamed() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int n = random.nextInt(4) + 1; n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "\u0000\t-:'\"&*{}[]|>%\n é".charAt(random.nextInt(18)));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 9)));
        }
      }
      List<RuleProblem> problems = new ArrayList<>();
      List<Suppression> entries = new SuppressionReader("f", problems).read(text.toString());
      assertTrue(entries.size() + problems.size() > 0, text::toString);
    }
  }

  private List<String> without(String key) throws IOException {
    return problems(read(GOOD.replaceAll("  " + key + ": .*\n", "")));
  }

  private List<String> with(String text, String instead) throws IOException {
    assertTrue(GOOD.contains(text), text);
    return problems(read(GOOD.replace(text, instead)));
  }

  private List<String> problems(SuppressionSet set) {
    String file = temp.resolve("s.yml").toString();
    return set.problems().stream().map(problem -> problem.toString().replace(file, "")).toList();
  }

  private SuppressionSet read(String yaml) throws IOException {
    return SuppressionSet.of(List.of(Files.writeString(temp.resolve("s.yml"), yaml)));
  }
}
