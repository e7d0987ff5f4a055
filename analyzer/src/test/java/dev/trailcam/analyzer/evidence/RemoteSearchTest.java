// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop's own file system for files of this machine stands for all others. */
class RemoteSearchTest {
  @TempDir Path temp;

  @Test
  void captures_areReadThroughHadoopAsFromTheDisk() throws IOException {
    Path deep = CaptureFixture.at(temp.resolve("a b/deep/c:1")).exec("/bin/ls", "ls").write();
    Path short1 = CaptureFixture.at(temp.resolve("short")).exec("/bin/ls", "ls").write();
    Path segment = short1.resolve("exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    Files.writeString(temp.resolve("exec-000009.parquet"), "x");
    Files.writeString(temp.resolve("artifacts.zip"), "x");
    RemoteSearch search = new RemoteSearch("file://" + temp + "/");
    search.run();
    assertEquals(
        List.of("file://" + temp + "/artifacts.zip"),
        search.archives().stream().map(RemoteArchive::shown).toList());
    List<CaptureEntry> entries = new ArrayList<>();
    for (RemotePlace place : search.found()) {
      byte[] manifest = place.read("manifest.jsonl", 1 << 20);
      entries.add(new CaptureEntry(place, Sha256.of(manifest), place.list(), null));
    }
    try (PrivateCopies copies = new PrivateCopies()) {
      CaptureSet set = CaptureSet.open(entries, copies, name -> {}).with(search.problems());
      String address = "file://" + temp;
      assertEquals(
          List.of(
              address + "/exec-000009.parquet foreign_file",
              address + "/short/exec-000001.parquet segment_altered"),
          set.allProblems().stream()
              .map(problem -> problem.path() + " " + problem.kind().id())
              .toList());
      Capture read = set.captures().get(0);
      assertEquals(address + "/a b/deep/c:1", read.path());
      assertTrue(read.whole());
      assertEquals(
          -1, Files.mismatch(deep.resolve("exec-000001.parquet"), read.segments().get(0).file()));
    }
  }

  @Test
  void whatCannotBeReached_isNamed() {
    assertEquals(
        List.of(Kind.UNREADABLE, Kind.UNREADABLE, Kind.NOT_A_CAPTURE, Kind.NOT_A_CAPTURE),
        List.of(
            only("nosuch://host/captures"),
            only("hdfs://%%%/captures"),
            only("file://" + temp.resolve("nowhere")),
            only("file://" + temp)));
  }

  @Test
  void addressOfALocalFile_goesTheLocalWay() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("real")).exec("/bin/ls", "ls").write();
    Path store = Files.createDirectory(temp.resolve("store"));
    Files.createSymbolicLink(store.resolve("link"), capture);
    CaptureCatalogue catalogue =
        CaptureCatalogue.list(List.of(store.toUri().toString()), KnownEvidence.NONE, name -> {});
    assertEquals(List.of(), catalogue.captures());
    assertEquals(Kind.NOT_A_CAPTURE, catalogue.problems().get(0).kind());
    assertEquals(
        1,
        CaptureCatalogue.list(List.of("file:" + capture), KnownEvidence.NONE, name -> {})
            .captures()
            .size());
  }

  private static Kind only(String address) {
    CaptureCatalogue catalogue =
        CaptureCatalogue.list(List.of(address), KnownEvidence.NONE, name -> {});
    assertEquals(1, catalogue.problems().size(), address);
    return catalogue.problems().get(0).kind();
  }
}
