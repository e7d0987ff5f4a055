// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.capture.Sha256;
import gov.loc.repository.bagit.exceptions.CorruptChecksumException;
import gov.loc.repository.bagit.reader.BagReader;
import gov.loc.repository.bagit.verify.BagVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bags, held against the validator of the Library of Congress and against sha256sum. */
class BagTest {
  private static final Dossier DOSSIER =
      new Dossier(
          "trailcam 0.1",
          "DuckDB",
          Verdict.CLEAN,
          true,
          1,
          List.of(),
          List.of(),
          List.of(),
          List.of());

  @TempDir Path temp;
  private Path store;

  @BeforeEach
  void writeEvidence() throws IOException {
    store = temp.resolve("store");
    CaptureFixture.at(store.resolve("runner-1")).exec("/bin/ls", "ls").write();
    CaptureFixture.at(store.resolve("a\nb %0A ..")).bootId("b2").exec("/bin/ls").write();
  }

  private Path bag(String name) throws IOException {
    Path target = temp.resolve(name);
    Bag.write(
        target,
        DOSSIER,
        List.of(store.toString()),
        CaptureSet.open(List.of(store), what -> {}),
        List.of(),
        out -> out.print("{}\n"));
    return target;
  }

  private static void validate(Path bag) throws Exception {
    try (BagVerifier verifier = new BagVerifier()) {
      verifier.isValid(new BagReader().read(bag), false);
    }
  }

  private static int sha256sum(Path bag, String manifest) throws Exception {
    Process process =
        new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", manifest)
            .directory(bag.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  @Test
  void bag_isValid() throws Exception {
    Path bag = bag("bag");
    validate(bag);
    assertEquals(0, sha256sum(bag, "manifest-sha256.txt"));
    assertEquals(0, sha256sum(bag, "tagmanifest-sha256.txt"));
  }

  @Test
  void bag_thatWasAlteredIsNot() throws Exception {
    Path bag = bag("bag");
    Path file = bag.resolve("data/result.ndjson");
    Files.writeString(file, "[]\n");
    assertThrows(CorruptChecksumException.class, () -> validate(bag));
    assertEquals(1, sha256sum(bag, "manifest-sha256.txt"));
  }

  @Test
  void evidenceIsByteForByte_andWhatIsDamagedToo() throws Exception {
    Path segment = store.resolve("runner-1/exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    Files.writeString(store.resolve("runner-1/left behind"), "x");
    Path bag = bag("bag");
    validate(bag);
    Path found;
    try (Stream<Path> places = Files.list(bag.resolve("data/evidence"))) {
      found =
          places
              .filter(place -> place.getFileName().toString().endsWith("-runner-1"))
              .findFirst()
              .get();
    }
    assertEquals(-1, Files.mismatch(segment, found.resolve("exec-000001.parquet")));
    String contents = Files.readString(bag.resolve("data/contents.jsonl"));
    assertTrue(contents.contains("/left behind\""), contents);
    assertTrue(contents.contains("renamed-"), contents);
    CaptureSet original = CaptureSet.open(List.of(store), what -> {});
    CaptureSet copied = CaptureSet.open(List.of(bag.resolve("data")), what -> {});
    assertEquals(original.captures().size(), copied.captures().size());
  }

  @Test
  void sameEvidence_givesTheSameBag() throws Exception {
    assertEquals(tree(bag("one")), tree(bag("two")));
  }

  private static Map<String, String> tree(Path bag) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(bag)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(bag.relativize(file).toString(), Sha256.of(bytes));
      }
    }
    return files;
  }

  @Test
  void nothingIsOverwrittenOrLeftBehind() throws Exception {
    Path bag = bag("bag");
    assertThrows(FileAlreadyExistsException.class, () -> bag("bag"));
    validate(bag);
    assertThrows(
        UncheckedIOException.class,
        () ->
            Bag.write(
                temp.resolve("other"),
                DOSSIER,
                List.of(store.toString()),
                CaptureSet.open(List.of(store), what -> {}),
                List.of(),
                out -> {
                  throw new UncheckedIOException(new IOException("no"));
                }));
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(List.of("bag", "store"), left.map(p -> "" + p.getFileName()).sorted().toList());
    }
  }
}
