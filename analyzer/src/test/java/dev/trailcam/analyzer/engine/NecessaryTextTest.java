// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.plan.NecessaryText;
import dev.trailcam.analyzer.plan.PlainFilter;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a predicate needs, and that nothing holds for a row without it. */
class NecessaryTextTest {
  /** Cases that are no pairs, case that counts, names in names, and what stands for a blank. */
  private static final List<String> TEXTS =
      List.of(
          "bash",
          "python3",
          "-m",
          "http.server",
          "tcpdump",
          "TCPDump",
          "Stra\u00dfe",
          "\u0130stanbul",
          "\u212aali",
          "kali",
          "\u017fystem",
          "system",
          "SYSTEM",
          "passwd",
          "-c",
          "--",
          "evil.sh",
          "import os",
          "nc.traditional",
          "busybox",
          "wget",
          "100%",
          "a_b",
          "back\\slash",
          "x",
          "");

  private static final List<String> PATHS =
      List.of(
          "/usr/bin/%s",
          "/tmp/%s",
          "%s",
          "/usr/bin/%s (deleted)",
          "/opt/my files/%s",
          "/usr/bin/bash",
          "/usr/bin/python3.11",
          "/bin/busybox",
          "/lib64/ld-linux-x86-64.so.2",
          "/tmp/%s/x");

  private static RulePlans plans;
  private static final Random RANDOM = new Random(7);

  @BeforeAll
  static void open() throws Exception {
    plans =
        new RulePlans(Path.of(System.getProperty("trailcam.root"), "sample-captures", "sniffing"));
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      values
          .append(i == 0 ? "(" : ", (")
          .append(i)
          .append(", ")
          .append(
              List.of(path(), path(), text(), list(), path(), path(), list(), path()).stream()
                  .collect(Collectors.joining(", ")))
          .append(')');
    }
    SegmentSchema schema = SegmentSchema.of(Table.EXECS);
    plans
        .session()
        .execute(
            "CREATE TABLE raw_execs AS SELECT r.* REPLACE (v.n AS boot_ns, v.exe AS exe, v.filename"
                + " AS filename, v.comm AS comm, v.argv AS argv, v.cwd AS cwd, v.parent_exe AS"
                + " parent_exe, v.parent_argv AS parent_argv, v.exe_name AS exe_name) FROM (SELECT "
                + schema.selection(Set.of(), schema.names())
                + ") AS r, (VALUES "
                + values
                + ") AS v(n, exe, filename, comm, argv, cwd, parent_exe, parent_argv, exe_name)");
    SqlSurface.define(plans.session(), RuleSurface.packed());
    plans.show(
        "SELECT * FROM named_execs LEFT JOIN contents USING (capture_id, dev, inode, size, ctime)");
  }

  @AfterAll
  static void close() throws Exception {
    plans.close();
  }

  private static <T> T one(List<T> list) {
    return list.get(RANDOM.nextInt(list.size()));
  }

  private static String text() {
    return RANDOM.nextInt(8) == 0 ? "NULL" : Session.literal(one(TEXTS));
  }

  private static String path() {
    return RANDOM.nextInt(8) == 0 ? "NULL" : Session.literal(one(PATHS).replace("%s", one(TEXTS)));
  }

  private static String list() {
    List<String> elements = new ArrayList<>();
    for (int i = RANDOM.nextInt(6); i >= 0; i--) {
      elements.add(RANDOM.nextInt(3) == 0 ? path() : text());
    }
    return RANDOM.nextInt(10) == 0
        ? "CAST(NULL AS VARCHAR[])"
        : "CAST([" + String.join(", ", elements) + "] AS VARCHAR[])";
  }

  private static List<NecessaryText> needs(String predicate) throws Exception {
    return plans
        .filter("SELECT e.exec_id, 'x' AS reason FROM execs AS e WHERE " + predicate)
        .map(NecessaryText::of)
        .orElse(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " needs ",
      quoteCharacter = '"',
      value = {
        "exe = '/bin/nmap' needs [/bin/nmap] [exe]",
        "'/bin/nmap' = e.exe needs [/bin/nmap] [exe]",
        "exe_name IN ('nmap', 'masscan') needs [masscan, nmap] [exe_name]",
        "has_arg(program_names, 'nmap') needs [nmap] [program_names]",
        "has_substr(lower(exe), 'nmap') AND uid = 0 needs [nmap] [exe]",
        "exe = '/bin/nmap' OR has_arg(argv, '--syn') needs [--syn, /bin/nmap] [argv, exe]",
        "exe LIKE '%/nmap%x' needs [/nmap] [exe]",
        "exe LIKE '%10!%x%' ESCAPE '!' needs [10%x] [exe]",
        "any_ilike(argv, '%Invoke\\_Me%') needs [Invoke_Me] [argv]",
        "matches(exe, '^(?:nmap|masscan)$') needs [masscan, nmap] [exe]",
        "matches(exe, '/opt/(nmap|zmap)') needs [/opt/] [exe]",
        "matches(exe, '(?i)nmap\\.exe') needs [nmap.exe] [exe]",
        "matches(exe, '(?i)nmapscan') needs [nmap] [exe]",
        "any_matches(argv, '^--script$') needs [--script] [argv]",
        "has_substr(cmdline(argv), 'nmap -sS') needs [nmap -sS] [argv]",
        "has_substr(inline_code, 'import os; x') needs [import os; x] [inline_code]",
        "has_substr(cmdline(program_names), 'nmap zm') needs [nmap zm] [program_names]",
        "coalesce(arg(argv, 2), '') = 'scan' needs [scan] [argv]",
        "starts(basename(parent_exe), 'nginx') needs [nginx] [parent_exe]",
        "coalesce(exe = '/bin/nmap', false) needs [/bin/nmap] [exe]",
        "ends(exe, '/nmap') AND has_arg(argv, '-sS') needs [/nmap] [exe] and [-sS] [argv]",
        "uid = 0 AND (ends(exe, '/nc') AND comm = 'ncat') needs [/nc] [exe] and [ncat] [comm]",
        "exe = '/nc' AND comm = 'long' OR cwd = '/tmp' needs [/tmp, long] [comm, cwd]",
      })
  void known(String predicate, String expected) throws Exception {
    assertEquals(
        expected,
        needs(predicate).stream()
            .map(need -> need.literals() + " " + need.columns())
            .collect(Collectors.joining(" and ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uid = 0",
        "exe = 'w'",
        "NOT has_arg(argv, 'nmap')",
        "exe <> '/bin/nmap'",
        "exe NOT IN ('nmap')",
        "exe NOT LIKE '%nmap%'",
        "exe = '/bin/nmap' OR uid = 0",
        "exe IN ('nmap', 'w')",
        "exe LIKE '%_n_%m_%'",
        "matches(exe, 'nmap?')",
        "matches(exe, '(nmap)*')",
        "matches(exe, '(?:nmap|)$')",
        "matches(exe, 'n[m]a')",
        "matches(exe, '\\bnmap')",
        "matches(exe, '(?s)nmap')",
        "matches(exe, '(?i)k\u00e4se')",
        "coalesce(exe, 'nmap') = 'nmap'",
        "has_substr('nmap', exe)",
        "has_substr(translate(exe, 'x', 'n'), 'nmap')",
        "has_substr(environment, 'nmap')",
        "has_ancestor(ancestors, '%nmap%')",
        "CASE WHEN exe = '/bin/nmap' THEN true ELSE true END",
        "exe = 'nmap' || cwd",
        "has_arg(argv, 'nmap') = false",
        "coalesce(exe = '/bin/nmap', true)",
      })
  void unknown(String predicate) throws Exception {
    assertEquals(List.of(), needs(predicate));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT exec_id, 'x' AS reason FROM execs",
        "SELECT e.exec_id, 'x' AS reason FROM execs AS e, shells AS s WHERE e.exe = s.name",
        "SELECT exec_id, 'x' AS reason FROM execs WHERE exe IN (SELECT name FROM shells)",
        "SELECT exec_id, max(exe) AS reason FROM execs WHERE uid = 0 GROUP BY exec_id",
        "SELECT exec_id, CAST(count(*) OVER () AS varchar) AS reason FROM execs WHERE uid = 0",
        "SELECT exec_id, exe AS reason FROM execs WHERE reason = 'x'",
        "SELECT exec_id, exe AS reason, reason AS severity FROM execs WHERE uid = 0",
        "SELECT exec_id, exec_id AS reason FROM execs WHERE uid = 0",
        "SELECT exec_id, 'x' AS reason FROM execs WHERE uid = 0 ORDER BY exe LIMIT 1",
        "SELECT exec_id, 'x' AS reason FROM exits WHERE process_id = ''",
        "SELECT process_id AS exec_id, 'x' AS reason FROM execs WHERE uid = 0",
        "SELECT * FROM execs WHERE uid = 0",
      })
  void notPlain(String sql) throws Exception {
    assertEquals(Optional.empty(), plans.filter(sql));
  }

  @Test
  void plain() throws Exception {
    PlainFilter filter =
        plans
            .filter(
                "SELECT 'low' AS severity, e.exe AS reason, E.exec_id FROM Execs AS E WHERE uid = 0")
            .orElseThrow();
    assertEquals("e", filter.alias());
    assertTrue(filter.severity().isPresent());
  }

  @Test
  void lower_isTheSameTwice() throws Exception {
    assertEquals(
        List.of("0\t"),
        plans.rows(
            "SELECT count(*) FROM (SELECT chr(CAST(CASE WHEN i >= 55296 THEN i + 2048 ELSE i END AS"
                + " INTEGER)) AS c FROM range(1, 1112064) AS r(i)) WHERE lower(lower(c)) <>"
                + " lower(c)"));
  }

  /** A predicate that holds without its text would be one that a prefilter hides. */
  @Test
  void nothingHolds_withoutItsText() throws Exception {
    int needs = 0;
    int held = 0;
    for (int i = 0; i < 1500; i++) {
      String predicate = predicate(2);
      List<NecessaryText> all = needs(predicate);
      if (all.isEmpty()) {
        continue;
      }
      needs++;
      List<String> found = new ArrayList<>();
      for (NecessaryText need : all) {
        List<String> one = new ArrayList<>();
        for (String column : need.columns()) {
          String value =
              NecessaryText.LISTS.contains(column)
                  ? "array_to_string(" + column + ", ' ')"
                  : column;
          for (String literal : need.literals()) {
            one.add(
                "contains(lower(coalesce("
                    + value
                    + ", '')), lower("
                    + Session.literal(literal)
                    + "))");
          }
        }
        found.add("(" + String.join(" OR ", one) + ")");
      }
      String counts =
          plans
              .rows(
                  "SELECT count(*), count(*) FILTER (WHERE NOT ("
                      + String.join(" AND ", found)
                      + ")) FROM execs AS e WHERE "
                      + predicate)
              .get(0);
      String[] numbers = counts.split("\t", -1);
      assertEquals("0", numbers[1], () -> predicate + " needs " + all);
      held += numbers[0].equals("0") ? 0 : 1;
    }
    assertTrue(needs > 300 && held > 200, needs + " known, " + held + " held");
  }

  private static String predicate(int depth) {
    if (depth > 0 && RANDOM.nextInt(2) == 0) {
      String joint = RANDOM.nextInt(2) == 0 ? " AND " : " OR ";
      return "(" + predicate(depth - 1) + joint + predicate(depth - 1) + ")";
    }
    String literal = part();
    String column = one(List.of("exe", "filename", "exe_name", "comm", "cwd", "parent_exe"));
    String list = one(List.of("argv", "parent_argv", "program_names", "program_names"));
    String value =
        switch (RANDOM.nextInt(9)) {
          case 0 -> "lower(" + column + ")";
          case 1 -> "basename(" + column + ")";
          case 2 -> "file_name(lower(" + column + "))";
          case 3 -> "cmdline(" + list + ")";
          case 4 -> "arg(" + list + ", 2)";
          case 5 -> "coalesce(" + column + ", '')";
          case 6 -> "inline_code";
          case 7 -> "unversioned(" + column + ")";
          default -> column;
        };
    String text = Session.literal(literal);
    String like =
        Session.literal(one(List.of("%", "", "_")) + like(literal) + one(List.of("%", "")));
    String regex = Session.literal(regex(literal));
    return switch (RANDOM.nextInt(13)) {
      case 0 -> value + " = " + text;
      case 1 -> value + " IN (" + text + ", " + Session.literal(part()) + ")";
      case 2 -> "has_substr(" + value + ", " + text + ")";
      case 3 -> "starts(" + value + ", " + text + ")";
      case 4 -> "ends(" + value + ", " + text + ")";
      case 5, 6 -> "has_arg(" + list + ", " + text + ")";
      case 7 -> "any_like(" + list + ", " + like + ")";
      case 8 -> "any_ilike(" + list + ", " + like + ")";
      case 9 -> value + " ILIKE " + like + " ESCAPE '\\'";
      case 10 -> "matches(" + value + ", " + regex + ")";
      case 11 -> "any_matches(" + list + ", " + regex + ")";
      default -> "NOT has_substr(" + value + ", " + text + ")";
    };
  }

  /** A text that is there, or a part of one, perhaps in other case. */
  private static String part() {
    String text = one(TEXTS);
    if (RANDOM.nextInt(4) == 0) {
      text = one(PATHS).replace("%s", text);
    }
    if (RANDOM.nextInt(3) == 0 && text.length() > 4) {
      int from = RANDOM.nextInt(text.length() - 3);
      text = text.substring(from, from + 3 + RANDOM.nextInt(text.length() - from - 2));
    }
    return switch (RANDOM.nextInt(6)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text.toLowerCase(Locale.ROOT);
      default -> text;
    };
  }

  private static String like(String literal) {
    String pattern = literal.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    return RANDOM.nextInt(3) == 0 && pattern.length() > 3 && !pattern.contains("\\")
        ? pattern.substring(0, 1) + one(List.of("_", "%")) + pattern.substring(2)
        : pattern;
  }

  private static String regex(String literal) {
    String quoted = literal.replaceAll("([\\\\.?*+(){}\\[\\]|^$])", "\\\\$1");
    String other = part().replaceAll("([\\\\.?*+(){}\\[\\]|^$])", "\\\\$1");
    return switch (RANDOM.nextInt(7)) {
      case 0 -> "(?i)" + quoted;
      case 1 -> "(?i)(" + quoted + "|" + other + ")";
      case 2 -> quoted + "|" + other;
      case 3 -> "^(?:" + quoted + "|" + other + ")$";
      case 4 -> quoted + one(List.of("?", "*", "+", ".*", "[a-z]"));
      case 5 -> "(" + quoted + ")?" + other;
      default -> quoted;
    };
  }
}
