// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.compaction.Forgery;
import dev.trailcam.analyzer.compaction.Stores;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.RowDigest;
import dev.trailcam.analyzer.engine.SegmentRows;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedDirectory;
import dev.trailcam.analyzer.evidence.KnownEvidence;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CompactCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path temp;

  @Test
  void findings_areTheSameBeforeAndAfter() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 60, 1);
    damage(store);
    Run before = replay(store);
    Run verified = Run.of("verify", "--format", "json", store.toString());
    Run inspected = Run.of("inspect", "--format", "json", store.toString());
    assertTrue(before.out().contains("net_sniff_tool_exec"));

    Path out = temp.resolve("out");
    assertEquals(4, Run.of("compact", "-o", out.toString(), store.toString()).code());
    Set<String> taken =
        compacted(out).compaction().originals().stream()
            .map(one -> one.manifest().start().captureId())
            .collect(Collectors.toSet());
    for (Capture capture : CaptureSet.open(List.of(store), name -> {}).captures()) {
      if (taken.contains(capture.id())) {
        Stores.delete(Path.of(capture.path()));
      }
    }
    Run after = replay(out, store);

    assertEquals(before.code(), after.code());
    Set<String> lost = new TreeSet<>(withoutPaths(before));
    lost.removeAll(withoutPaths(after));
    assertEquals(Set.of(), lost);
    assertEquals(withoutPaths(before), withoutPaths(after));
    assertEquals(
        withoutPaths(verified),
        withoutPaths(Run.of("verify", "--format", "json", "" + out, "" + store)));
    assertEquals(
        sizes(inspected), sizes(Run.of("inspect", "--format", "json", "" + out, "" + store)));
  }

  private static Run replay(Path... stores) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--format", "json"));
    Stream.of(stores).forEach(store -> arguments.add(store.toString()));
    return Run.of(arguments.toArray(new String[0]));
  }

  private static void damage(Path store) throws IOException {
    CaptureFixture.at(store.resolve("unfinished")).exec("/usr/bin/tcpdump").withoutEnd().write();
    CaptureFixture.at(store.resolve("garbled")).garbled().exec("/bin/ls").write();
    Path missing = CaptureFixture.at(store.resolve("missing")).exec("/bin/ls").write();
    Files.delete(missing.resolve("exec-000001.parquet"));
    Path altered =
        CaptureFixture.at(store.resolve("altered"))
            .exec("/usr/sbin/tcpdump")
            .nextSegment()
            .exec("/usr/bin/tshark")
            .write();
    byte[] bytes = Files.readAllBytes(altered.resolve("exec-000001.parquet"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(altered.resolve("exec-000001.parquet"), bytes);
    CaptureFixture.at(store.resolve("expired"))
        .exec("/usr/bin/tcpdump")
        .nextSegment()
        .exec("/usr/bin/tcpdump", "-i", "any")
        .expired("age", "exec-000001.parquet")
        .write();
    Files.delete(store.resolve("expired/exec-000001.parquet"));
    Files.writeString(store.resolve("stray.parquet"), "PAR1");
  }

  /** What is said, but for where things lie and what only one of both can say. */
  private static Set<String> withoutPaths(Run run) {
    ObjectNode document = (ObjectNode) JSON.readTree(run.out());
    document.remove("compacted");
    Set<String> said =
        document.findValues("findings").stream()
            .map(JsonNode::toString)
            .collect(Collectors.toSet());
    for (String list : List.of("captures", "unreadable")) {
      for (JsonNode values : document.findValues(list)) {
        for (JsonNode one : values.isArray() ? values : List.<JsonNode>of()) {
          one.findParents("path").forEach(parent -> ((ObjectNode) parent).remove("path"));
          said.add(list + one.toString().replaceAll("run: trailcam recover [^\"]*", ""));
        }
      }
    }
    assertFalse(said.isEmpty(), run::err);
    return said;
  }

  private static Set<String> sizes(Run run) {
    Set<String> said = withoutPaths(run);
    assertTrue(said.stream().anyMatch(one -> one.contains("\"executions\":")), run::out);
    return said;
  }

  @Test
  void forgedRows_areFoundByTheirHashOrByTheOriginals() throws IOException {
    Path store = temp.resolve("store");
    CaptureFixture.at(store.resolve("a")).exec("/usr/bin/tcpdump").exec("/bin/ls").write();
    Path innocent = temp.resolve("innocent");
    CaptureFixture.at(innocent.resolve("a")).exec("/usr/bin/true").exec("/bin/ls").write();
    Path out = temp.resolve("out");
    assertEquals(0, Run.of("compact", "-q", "-o", "" + out, "" + store).code());
    assertEquals(0, Run.of("verify", "-q", "--originals", "" + store, "" + out).code());

    Path directory = compacted(out).path();
    Segment segment =
        CaptureSet.open(List.of(innocent), name -> {}).captures().get(0).segments().get(0);
    Path file = directory.resolve("exec-000001.parquet");
    List<RowDigest> digests;
    try (SegmentRows rows = SegmentRows.open(EngineOptions.DEFAULT)) {
      rows.write(List.of(segment), file);
      digests = rows.digests(segment.table(), file, List.of(segment.entry().rows())).parts();
    }
    Forgery forgery = new Forgery(directory, store);
    forgery.rewrite(one -> resealed(one, file), part -> part);
    Run run = Run.of("verify", "" + out);
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().contains("not those that were taken from the original"), run.out());

    forgery.rewrite(
        one -> resealed(one, file),
        part ->
            part.segment().startsWith("exec-")
                ? new CompactionEntry.Part(
                    part.segment(), part.file(), 0, part.rows(), digests.get(0).sha256())
                : part);
    assertEquals(0, Run.of("verify", "" + out).code(), "nothing is left that could tell");
    assertFalse(replay(out).out().contains("net_sniff_tool_exec\",\"version"));
    Run compared = Run.of("verify", "--originals", "" + store, "" + out);
    assertEquals(4, compared.code(), compared.out());
    assertTrue(compared.out().contains("not those of the original"), compared.out());
  }

  private static CompactionEntry.Parquet resealed(CompactionEntry.Parquet one, Path file) {
    if (!file.endsWith(one.file())) {
      return one;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new CompactionEntry.Parquet(
          one.table(), one.file(), bytes.length, Sha256.of(bytes), one.rows(), one.parts(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void originalThatWasAlteredSince_isNamed() throws IOException {
    Path store = temp.resolve("store");
    Path capture = CaptureFixture.at(store.resolve("a")).exec("/usr/bin/tcpdump").write();
    CaptureFixture.at(store.resolve("b")).exec("/bin/ls").write();
    Path out = temp.resolve("out");
    assertEquals(0, Run.of("compact", "-o", "" + out, "" + store).code());
    Stores.delete(store.resolve("b"));
    Run gone = Run.of("verify", "--originals", "" + store, "" + out);
    assertEquals(0, gone.code(), gone.out());
    assertEquals(
        "trailcam: 1 captures compared with their originals; of 1 there is none any more\n",
        gone.err());
    byte[] bytes = Files.readAllBytes(capture.resolve("exec-000001.parquet"));
    bytes[40] ^= 2;
    Files.write(capture.resolve("exec-000001.parquet"), bytes);
    assertEquals(4, Run.of("verify", "--originals", "" + store, "" + out).code());
  }

  /** The moments are those at which another file has come up; what is killed is a real process. */
  @Test
  void killedCompaction_leavesNothingThatLooksComplete() throws Exception {
    Path store = Stores.write(temp.resolve("store"), 30, 3);
    Path undisturbed = temp.resolve("undisturbed");
    Stores.compact(undisturbed, store);
    int finished = 0;
    for (String moment :
        List.of(
            CompactionLayout.JOURNAL,
            "exec-000001.parquet.tmp",
            "exec-000001.parquet",
            "failed-000001.parquet",
            "loss-000001.parquet")) {
      Path out = Files.createDirectory(temp.resolve("out-" + moment));
      Process process = start(out, store);
      while (!any(out, moment) && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
        // Not yet.
      }
      process.destroyForcibly();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      CaptureSet set = CaptureSet.open(List.of(out), name -> {});
      if (any(out, "compacted-") && set.problems().isEmpty()) {
        finished++;
        assertEquals(30, set.captures().size());
        continue;
      }
      assertFalse(set.whole());
      assertEquals(List.of(), set.captures());

      try (Stream<Path> left = Files.list(out)) {
        assertTrue(left.allMatch(path -> path.toString().endsWith(".tmp")));
      }
      Run again = Run.of("compact", "-q", "-o", "" + out, "" + store);
      assertEquals(0, again.code(), again.err());
      same(undisturbed, out);
    }
    assertTrue(finished < 3, "hardly any was killed in time");
  }

  private static Process start(Path out, Path store) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.trailcam.analyzer.cli.Main",
            "compact",
            "-o",
            out.toString(),
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Whether there is something of that name, or whose name begins like that, at any depth. */
  private static boolean any(Path directory, String name) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.anyMatch(
          path ->
              path.endsWith(name)
                  || (name.endsWith("-") && path.getFileName().toString().startsWith(name)));
    } catch (IOException | UncheckedIOException e) {
      return false; // it changes under our feet
    }
  }

  private static CompactedDirectory compacted(Path directory) {
    return CompactedDirectory.find(
            CaptureCatalogue.list(List.of(directory.toString()), KnownEvidence.NONE, name -> {})
                .compactions())
        .get(0);
  }

  private static void same(Path expected, Path actual) throws IOException {
    Path one = compacted(expected).path();
    Path other = compacted(actual).path();
    assertEquals(one.getFileName(), other.getFileName());
    try (Stream<Path> files = Files.list(one)) {
      for (Path file : files.toList()) {
        if (!file.endsWith(CompactionLayout.JOURNAL)) {
          assertArrayEquals(
              Files.readAllBytes(file), Files.readAllBytes(other.resolve(file.getFileName())));
        }
      }
    }
    // The tool in the first line is another one, and so is the whole chain.
    assertEquals(
        Compaction.read(one.resolve(CompactionLayout.JOURNAL)).originals(),
        Compaction.read(other.resolve(CompactionLayout.JOURNAL)).originals());
  }

  @Test
  void output_isRequiredAndHasToBeWritable() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("a")).exec("/bin/ls").write();
    assertEquals(2, Run.of("compact", "" + capture).code());
    assertEquals(2, Run.of("compact", "-o", "x", "--period", "year", "" + capture).code());
    Path file = Files.writeString(temp.resolve("file"), "");
    assertEquals(4, Run.of("compact", "-o", "" + file, "" + capture).code());
    Run run =
        Run.of("compact", "-o", "" + temp.resolve("o'u;t[1]"), "--format", "json", "" + capture);
    assertEquals(0, run.code(), run.err());
    assertEquals(1, JSON.readTree(run.out()).get("compacted").size());
    assertEquals(0, Run.of("verify", "" + temp.resolve("o'u;t[1]")).code());
  }
}
