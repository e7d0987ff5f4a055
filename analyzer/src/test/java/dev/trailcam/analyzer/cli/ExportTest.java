// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.handover.Schemas;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What export writes, of real captures and of saved results. */
class ExportTest {
  private static final List<String> OF_RESULTS =
      List.of("sarif", "junit", "csv", "timesketch", "ecs", "ocsf", "navigator");

  @TempDir Path temp;
  private Path rules;
  private Path captures;

  @BeforeEach
  void writeEvidence() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    for (String file : List.of("sniffers.sql", "sniffers.md")) {
      try (InputStream in = ExportTest.class.getResourceAsStream(file)) {
        Files.copy(in, rules.resolve(file));
      }
    }
    captures = temp.resolve("captures");
    CaptureFixture.at(captures.resolve("a"))
        .ci(new CiContext("github", "group/app", null, null, null, null, "17", null, "build", null))
        .exec("/usr/bin/make", "make")
        .exec(
            Map.of(
                "exe",
                "/usr/bin/tcpdump",
                "argv",
                List.of("tcpdump", "-w", "a b.pcap"),
                "parent_exe",
                "/usr/bin/make",
                "parent_argv",
                List.of("make"),
                "cwd",
                "/work"))
        .write();
    CaptureFixture.at(captures.resolve("b")).bootId("b2").exec("/bin/ls", "ls").lost(3).write();
  }

  private Run export(String format, String... more) {
    List<String> arguments = new ArrayList<>(List.of("export", "--format", format));
    arguments.addAll(List.of("-r", rules.toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private Path saved(String format) {
    Path file = temp.resolve("result." + format);
    Run.of("replay", "--format", format, "-o", "" + file, "-r", "" + rules, "" + captures);
    return file;
  }

  @Test
  void golden() throws IOException {
    for (String format : OF_RESULTS) {
      Run run = export(format, captures.toString());
      assertEquals(4, run.code(), run.err());
      assertTrue(run.err().contains("the recorder counted executions it lost: 3"), run.err());
      Golden.check("export." + format, run.out().replace(captures.toString(), "/captures"));
    }
    Run run = export("in-toto", captures.toString());
    assertEquals(4, run.code(), run.err());
    String statements = run.out().replace(captures.toString(), "/captures");
    Golden.check("export.in-toto", statements);
  }

  @Test
  void savedResult_givesTheSameBytes() {
    for (String saved : List.of("json", "ndjson")) {
      Path file = saved(saved);
      for (String format : OF_RESULTS) {
        Run fresh = export(format, captures.toString());
        Run again = Run.of("export", "--format", format, "--result", file.toString());
        assertEquals(fresh.out(), again.out(), format);
        assertEquals(fresh.code(), again.code(), format);
      }
    }
  }

  /** However the evidence lies there, and whatever the names beside it begin with. */
  @Test
  void bag_holdsAllEvidence() throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Path named = temp.resolve("named.zip");
    capture(temp.resolve("old/o"));
    Run.of("compact", "-q", "-o", "" + store, "" + temp.resolve("old"));
    Path compacted;
    try (Stream<Path> files = Files.list(store)) {
      compacted = files.findAny().orElseThrow();
    }
    capture(store.resolve(compacted.getFileName() + "0"));
    capture(store.resolve("z.zip0"));
    zip(capture(temp.resolve("x")), store.resolve("z.zip"));
    zip(capture(temp.resolve("y")), named);
    Path bag = temp.resolve("bag");
    Run run = export("bagit", "-o", "" + bag, "" + store, "" + named);
    assertEquals("", run.err());
    String contents = Files.readString(bag.resolve("data/contents.jsonl"));
    for (String original :
        List.of(
            compacted + "/compaction.jsonl",
            compacted + "0/manifest.jsonl",
            store + "/z.zip",
            store + "/z.zip0/manifest.jsonl",
            "" + named)) {
      String one = "\"" + original + "\"";
      assertEquals(2, contents.split(one, -1).length, () -> one + " in " + contents);
    }
  }

  private static Path capture(Path path) throws IOException {
    String name = path.getFileName().toString();
    return CaptureFixture.at(path).id(name).bootId(name).exec("/bin/ls").write();
  }

  private static void zip(Path capture, Path archive) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.list(capture)) {
      for (Path file : files.sorted().toList()) {
        zip.putNextEntry(new ZipEntry(archive.getFileName() + "/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  @Test
  void exitCodes() throws IOException {
    Path clean = captures.resolve("a");
    assertEquals(0, export("csv", "" + clean).code());
    assertEquals(4, export("csv", "" + captures).code());
    assertEquals(4, export("csv", "" + temp.resolve("nowhere")).code());
    assertEquals(2, export("csv").code());
    assertEquals(2, export("xml", "" + clean).code());
    assertEquals(2, Run.of("export", "" + clean).code());
    assertEquals(2, export("ocsf-parquet", "" + clean).code());
    assertEquals(2, export("bagit", "" + clean).code());
    assertEquals(
        2, export("bagit", "-o", "" + temp.resolve("b"), "--host", "x", "" + clean).code());
    assertEquals(2, export("csv", "--subject", "" + clean, "" + clean).code());
    Path file = saved("json");
    assertEquals(2, Run.of("export", "--format", "csv", "--result", "" + file, "" + clean).code());
    assertEquals(2, export("csv", "--result", "" + file).code());
    assertEquals(2, Run.of("export", "--format", "in-toto", "--result", "" + file).code());
    Files.writeString(rules.resolve("broken.sql"), "SELECT 1");
    assertEquals(3, export("csv", "" + captures).code());
    assertEquals(0, Run.of("export", "--help").code());
  }

  @Test
  void savedResult_thatWasCutOrAlteredIsRefused() throws IOException {
    String json = Files.readString(saved("json"));
    String ndjson = Files.readString(saved("ndjson"));
    List<String> bad =
        List.of(
            "",
            "[]",
            "{}",
            "nonsense",
            json.substring(0, json.length() / 2),
            json.replace("\"findings\" : 1,", "\"findings\" : 2,"),
            json.replaceFirst("\"verdict\" : \"[a-z]*\"", "\"verdict\" : \"fine\""),
            json.replace("\"severity\" : \"high\"", "\"severity\" : 7"),
            json.replaceFirst("\"verdict\"", "\"verdict\" : \"clean\", \"verdict\""),
            ndjson.substring(ndjson.indexOf('\n') + 1),
            ndjson.substring(0, ndjson.lastIndexOf("{\"type\":\"summary\"")),
            ndjson + ndjson);
    for (String content : bad) {
      Path file = Files.writeString(temp.resolve("bad.json"), content);
      Run run = Run.of("export", "--format", "csv", "--result", file.toString());
      assertEquals(4, run.code(), content);
      assertEquals("", run.out());
      assertTrue(run.err().contains("bad.json"), run.err());
      assertFalse(run.err().contains("should not have happened"), run.err());
    }
    assertEquals(4, Run.of("export", "--format", "csv", "--result", "" + temp).code());
  }

  /** Nobody may make a result look complete by a word. */
  @Test
  void savedResult_withProblemsIsIncompleteWhateverItSays() throws IOException {
    String json =
        Files.readString(saved("json"))
            .replace("\"evidence_complete\" : false", "\"evidence_complete\" : true");
    Path file = Files.writeString(temp.resolve("forged.json"), json);
    Run run = Run.of("export", "--format", "csv", "--result", file.toString());
    assertEquals(4, run.code());
    assertTrue(run.out().lines().skip(1).findFirst().get().contains("INCOMPLETE"), run.out());
  }

  @Test
  void junit_isXmlToAnotherParser() throws Exception {
    if (!Tool.installed("xmllint")) {
      assertTrue(System.getenv("TRAILCAM_REQUIRE_KERNEL") == null, "xmllint is not installed");
      return;
    }
    Path file = temp.resolve("junit.xml");
    export("junit", "-o", file.toString(), captures.toString());
    assertEquals(new Tool(0, ""), Tool.run(temp, "xmllint", "--noout", file.toString()));
  }

  @Test
  void parquet_holdsTheSameRows() throws Exception {
    Path first = temp.resolve("first.parquet");
    Path second = temp.resolve("second.parquet");
    assertEquals(4, export("ocsf-parquet", "-o", "" + first, "" + captures).code());
    export("ocsf-parquet", "-o", "" + second, "--threads", "2", "" + captures);
    assertEquals(-1, Files.mismatch(first, second));
    List<JsonNode> rows =
        export("ocsf", captures.toString())
            .out()
            .lines()
            .map(line -> new ObjectMapper().readTree(line))
            .toList();
    String query =
        "SELECT finding_info.uid, message, time, severity_id, unmapped['evidence_complete'],"
            + " evidences[1].process.file.path FROM read_parquet('"
            + first
            + "')";
    int row = 0;
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duckdb.createStatement().executeQuery(query)) {
      while (result.next()) {
        JsonNode expected = rows.get(row++);
        assertEquals(expected.at("/finding_info/uid").stringValue(), result.getString(1));
        assertEquals(expected.get("message").stringValue(), result.getString(2));
        assertEquals(expected.get("time").longValue(), result.getLong(3));
        assertEquals(expected.get("severity_id").intValue(), result.getInt(4));
        String path = expected.at("/evidences/0/process/file/path").asString(null);
        assertEquals(path, result.getString(6));
      }
    }
    assertEquals(rows.size(), row);
    assertEquals(2, export("ocsf-parquet", "-o", "" + first, "" + captures).code());
  }

  @Test
  void parquet_ofNothingIsATableAllTheSame() throws SQLException {
    Path clean = CaptureFixture.at(temp.resolve("clean")).bootId("b3").exec("/bin/ls").write();
    Path file = temp.resolve("none.parquet");
    assertEquals(0, export("ocsf-parquet", "-o", "" + file, "" + clean).code());
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result =
            duckdb
                .createStatement()
                .executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
      result.next();
      assertEquals(0, result.getLong(1));
    }
  }

  @Test
  void statements_areAboutTheSealedFilesAndWhatWasBuilt() throws IOException {
    Path built = Files.writeString(temp.resolve("app.tar.gz"), "built");
    Run run = export("in-toto", "--subject", built.toString(), captures.toString());
    List<JsonNode> statements = Schemas.lines("in-toto-runtime-trace-0.1.json", run.out());
    assertEquals(2, statements.size());
    JsonNode subjects = statements.get(0).get("subject");
    assertEquals("app.tar.gz", subjects.get(0).get("name").stringValue());
    assertEquals(Sha256.of("built"), subjects.at("/0/digest/sha256").stringValue());
    try (InputStream in = Files.newInputStream(captures.resolve("a/exec-000001.parquet"))) {
      assertEquals(Sha256.of(in), subjects.at("/2/digest/sha256").stringValue());
    }
    assertEquals(
        "https://github.com/group/app/actions/runs/17/attempts/1",
        statements.get(0).at("/predicate/monitoredProcess/event").stringValue());
    assertFalse(statements.get(1).at("/predicate/monitor/tracePolicy/complete").asBoolean());
  }
}
