// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.CiContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Every text of a corpus, in every place of the evidence, through every format of every verb that
 * shows evidence: none of it ever becomes anything but text. A new verb belongs into {@link
 * #sinks}.
 */
class HostileOutputTest {
  private static final int TOGETHER = 8;
  private static final List<HostileText> TEXTS = HostileText.all();

  /** What an empty rule set finds, for comparing. */
  private static final String FINDS_NOTHING = "WHERE false";

  @TempDir static Path temp;
  private static Path store;
  private static Path before;
  private static Path rules;

  /**
   * A way out of the program.
   *
   * @param format how it is written
   * @param arguments the command line
   */
  private record Sink(String format, List<String> arguments) {
    String name() {
      String mode = arguments.contains("--unfold") ? " --unfold " : " ";
      return arguments.get(0) + mode + format;
    }
  }

  @BeforeAll
  static void writeEvidence() throws IOException {
    store = Files.createDirectory(temp.resolve("store"));
    rules = Files.createDirectory(temp.resolve("rules"));
    for (String file : List.of("sniffers.sql", "sniffers.md")) {
      try (InputStream in = HostileOutputTest.class.getResourceAsStream(file)) {
        Files.copy(in, rules.resolve(file));
      }
    }
    for (int i = 0; i < TEXTS.size(); i += TOGETHER) {
      capture(i);
    }
    before = Files.createDirectory(temp.resolve("before"));
    CaptureFixture.at(before.resolve(at(0).asName()))
        .id(at(1).text())
        .exec("/bin/true", at(2).text())
        .lost(1)
        .write();
  }

  /** A few texts in one capture: each is an execution, and each is in one place of the capture. */
  private static void capture(int first) {
    String name = String.format(Locale.ROOT, "c%04d", first);
    CaptureFixture fixture =
        CaptureFixture.at(store.resolve(name + at(first).asName()))
            .id("capture-" + name)
            .bootId("boot-" + name)
            .host(at(first + 1).text())
            .environment(at(first + 2).text())
            .ci(
                new CiContext(
                    at(first + 3).text(),
                    at(first + 4).text(),
                    null,
                    null,
                    null,
                    null,
                    at(first + 5).text(),
                    null,
                    at(first + 6).text(),
                    null));
    for (int i = first; i < Math.min(first + TOGETHER, TEXTS.size()); i++) {
      String text = TEXTS.get(i).text();
      fixture.exec(
          Map.of(
              "exe",
              "/tmp/" + text + "/tcpdump",
              "argv",
              List.of(text, marker(i)),
              "cwd",
              text,
              "container_id",
              text,
              "parent_exe",
              text,
              "parent_argv",
              List.of(text)));
    }
    fixture.lost(1).write();
  }

  private static HostileText at(int i) {
    return TEXTS.get(i % TEXTS.size());
  }

  private static String marker(int i) {
    return String.format(Locale.ROOT, "m%04dm", i);
  }

  private static List<Sink> sinks() throws IOException {
    List<Sink> sinks = new ArrayList<>();
    for (String format : List.of("table", "json", "ndjson", "markdown")) {
      sinks.add(judging("replay", format));
      Sink hunt = judging("hunt", format);
      hunt.arguments().addAll(List.of("--state", temp.resolve("state-" + format).toString()));
      sinks.add(hunt);
      sinks.add(diff(format));
      Sink compare = judging("compare", format);
      compare.arguments().addAll(List.of("--head", before.toString(), "--limit", "10000"));
      Collections.swap(
          compare.arguments(),
          compare.arguments().indexOf(store.toString()),
          compare.arguments().indexOf(before.toString()));
      sinks.add(compare);
    }
    for (String format : List.of("table", "json", "ndjson")) {
      for (String verb : List.of("inspect", "verify")) {
        sinks.add(
            new Sink(format, new ArrayList<>(List.of(verb, "--format", format, store.toString()))));
      }
    }
    for (String format : List.of("table", "csv", "json", "ndjson")) {
      // Texts begin lines, too.
      sinks.add(asking(format, "SELECT argv[1], * FROM execs ORDER BY exec_id"));
    }
    for (String format : List.of("table", "json", "ndjson")) {
      for (String verb : List.of("tree", "timeline")) {
        sinks.add(judging(verb, format));
      }
      Sink events = judging("timeline", format);
      events.arguments().addAll(List.of("--unfold", "--limit", "100000"));
      sinks.add(events);
    }
    for (String format : List.of("table", "json")) {
      sinks.add(explain(format));
      Path compacted = temp.resolve("compacted-" + format);
      sinks.add(
          new Sink(
              format,
              new ArrayList<>(
                  List.of("compact", "--format", format, "-o", "" + compacted, "" + store))));
    }
    for (String format :
        List.of("sarif", "junit", "csv", "timesketch", "ecs", "ocsf", "navigator", "in-toto")) {
      sinks.add(judging("export", format));
    }
    Sink bag = judging("export", "bagit");
    bag.arguments().addAll(List.of("-o", temp.resolve("bag").toString()));
    sinks.add(bag);
    sinks.add(new Sink("html", new ArrayList<>(List.of("report", "-r", "" + rules, "" + store))));
    return sinks;
  }

  private static Sink judging(String verb, String format) {
    return new Sink(
        format,
        new ArrayList<>(
            List.of(verb, "--format", format, "-r", rules.toString(), store.toString())));
  }

  private static Sink asking(String format, String query) {
    return new Sink(
        format, new ArrayList<>(List.of("sql", "--format", format, "-c", query, store.toString())));
  }

  /** Of a result with all findings and one with none. */
  private static Sink diff(String format) throws IOException {
    Path all = temp.resolve("all.json");
    Path none = temp.resolve("none.json");
    if (!Files.exists(all)) {
      Path silent = Files.createDirectory(temp.resolve("silent"));
      String rule = Files.readString(rules.resolve("sniffers.sql"));
      Files.writeString(
          silent.resolve("sniffers.sql"), rule.replaceFirst("WHERE [^;]*", FINDS_NOTHING));
      Files.copy(rules.resolve("sniffers.md"), silent.resolve("sniffers.md"));
      for (Map.Entry<Path, Path> one : Map.of(all, rules, none, silent).entrySet()) {
        Run.of(
            "replay",
            "--format",
            "json",
            "-o",
            "" + one.getKey(),
            "-r",
            "" + one.getValue(),
            "" + store);
      }
    }
    return new Sink(
        format, new ArrayList<>(List.of("diff", "--format", format, "" + none, "" + all)));
  }

  private static Sink explain(String format) {
    Run run = Run.of("replay", "--format", "json", "-r", rules.toString(), store.toString());
    String id = new ObjectMapper().readTree(run.out()).at("/findings/0/exec_id").stringValue();
    return new Sink(
        format,
        new ArrayList<>(
            List.of("explain", "--format", format, "-r", "" + rules, "sniffers", id, "" + store)));
  }

  @Test
  void noTextBecomesAnythingElse() throws IOException {
    List<Sink> sinks = sinks();
    Map<String, Integer> reached = new TreeMap<>();
    List<String> escapes = new ArrayList<>();
    for (Sink sink : sinks) {
      Run run = Run.of(sink.arguments().toArray(String[]::new));
      assertTrue(run.code() == 4 || run.code() == 0 || run.code() == 1, sink + run.err());
      String out = sink.format().equals("bagit") ? bagTexts() : run.out();
      Escapes.in(sink.format(), out).forEach(escape -> escapes.add(sink.name() + ": " + escape));
      Escapes.inLog(run.err())
          .forEach(escape -> escapes.add(sink.name() + " (standard error): " + escape));
      int shown = 0;
      for (int i = 0; i < TEXTS.size(); i++) {
        shown += out.contains(marker(i)) ? 1 : 0;
      }
      reached.merge(sink.name(), shown, Math::max);
    }
    assertEquals(List.of(), escapes);
    // A test that shows nothing would find nothing.
    for (String all :
        List.of(
            "replay table",
            "replay json",
            "compare table",
            "compare json",
            "tree json",
            "timeline --unfold json",
            "export csv",
            "export sarif",
            "report html",
            "sql table")) {
      assertEquals(TEXTS.size(), reached.get(all), reached::toString);
    }
    System.out.printf(
        Locale.ROOT,
        "hostile output: %d texts x %d sinks = %d, 0 escapes; executions shown: %s%n",
        TEXTS.size(),
        sinks.size(),
        TEXTS.size() * sinks.size(),
        reached);
  }

  /** Whoever adds a verb adds its formats. */
  @Test
  void everyVerbThatShowsEvidenceIsASink() throws IOException {
    Set<String> verbs = new TreeSet<>(Trailcam.commandLine(null).getSubcommands().keySet());
    // Those show rules; what they quote of made-up executions is TestReportTest's.
    verbs.removeAll(Set.of("rules", "test"));
    Set<String> looked = new TreeSet<>();
    sinks().forEach(sink -> looked.add(sink.arguments().get(0)));
    assertEquals(verbs, looked);
  }

  private static String bagTexts() throws IOException {
    StringBuilder all = new StringBuilder();
    Path bag = temp.resolve("bag");
    for (String file :
        List.of(
            "bagit.txt",
            "bag-info.txt",
            "manifest-sha256.txt",
            "tagmanifest-sha256.txt",
            "data/contents.jsonl",
            "data/result.ndjson")) {
      all.append(Files.readString(bag.resolve(file)));
    }
    return all.toString();
  }

  /** Whoever parses JSON gets the very text. */
  @Test
  void json_givesEveryTextBack() {
    Run run = Run.of("replay", "--format", "json", "-r", rules.toString(), store.toString());
    List<String> texts = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(run.out()).get("findings")) {
      texts.add(finding.at("/process/argv/0").stringValue());
    }
    assertEquals(
        TEXTS.stream().map(HostileText::text).sorted().toList(), texts.stream().sorted().toList());
  }

  /** The detectors are worth something: printed as they are, most of the texts are found. */
  @Test
  void rawTextsAreFound() {
    Map<String, Integer> found = new TreeMap<>();
    Map<String, Integer> all = new TreeMap<>();
    for (HostileText one : TEXTS) {
      String format =
          switch (one.kind()) {
            case "markdown", "html" -> "markdown";
            case "csv" -> "csv";
            case "xml" -> "junit";
            case "json" -> "json";
            default -> "table";
          };
      String page =
          switch (format) {
            case "csv" -> '"' + one.text() + '"';
            case "junit" -> "<a b='" + one.text() + "'>" + one.text() + "</a>";
            case "json" -> "{\"a\":\"" + one.text() + "\"}";
            default -> one.text();
          };
      List<String> escapes;
      try {
        escapes = Escapes.in(format, page);
      } catch (RuntimeException e) {
        escapes = List.of("no " + format);
      }
      all.merge(one.kind(), 1, Integer::sum);
      found.merge(one.kind(), escapes.isEmpty() ? 0 : 1, Integer::sum);
    }
    for (String kind : List.of("azure", "teamcity", "gitlab")) {
      assertEquals(all.get(kind), found.get(kind), kind);
    }
    assertTrue(found.get("terminal") * 10 > all.get("terminal") * 8, found::toString);
    assertTrue(found.get("github") * 10 > all.get("github") * 8, found::toString);
    assertTrue(found.get("csv") * 10 > all.get("csv") * 8, found::toString);
    assertTrue(found.get("html") * 10 > all.get("html") * 6, found::toString);
  }
}
