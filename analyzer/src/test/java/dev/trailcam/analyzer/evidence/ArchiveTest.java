// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveTest {
  @TempDir Path temp;

  private Path capture;
  private final PrivateCopies copies = new PrivateCopies();

  @BeforeEach
  void capture() {
    capture = small("c");
  }

  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void archive_isReadLikeTheDirectory(ArchiveFormat format) throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Path archive =
        new ArchiveFixture(format)
            .file("readme.txt", new byte[100_000])
            .tree(capture, "deep/down/c")
            .tree(small("other"), "other")
            .write(store.resolve("artifacts" + ArchiveFixture.suffix(format)));
    CaptureSet set = open(store);
    assertEquals(List.of(), set.allProblems());
    assertEquals(
        List.of(archive + "!/deep/down/c", archive + "!/other"),
        set.captures().stream().map(Capture::path).toList());
    Capture directory = open(capture).captures().get(0);
    Capture packed = set.captures().get(0);
    assertEquals(directory.manifest(), packed.manifest());
    assertEquals(entries(directory), entries(packed));
    for (int i = 0; i < packed.segments().size(); i++) {
      assertArrayEquals(
          Files.readAllBytes(directory.segments().get(i).file()),
          Files.readAllBytes(packed.segments().get(i).file()));
    }
    assertEquals(2, open(archive, store).captures().size(), "named twice, it is read once");
  }

  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void rootOfAnArchive_mayBeTheCapture(ArchiveFormat format) throws IOException {
    Path archive = packed(format, "", capture);
    assertEquals(List.of(), open(archive).allProblems());
    Files.delete(capture.resolve("exec-000001.parquet"));
    archive = packed(format, "", capture);
    assertEquals(List.of(archive + "!/exec-000001.parquet segment_missing"), kinds(open(archive)));
  }

  /** Cut off anywhere, it is never taken for a whole one, and nothing worse happens. */
  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void truncatedArchive_isNeverWhole(ArchiveFormat format) throws IOException {
    Path archive = packed(format, "c", capture);
    byte[] bytes = Files.readAllBytes(archive);
    int end = bytes.length;
    if (format == ArchiveFormat.TAR) {
      // Beyond the two blocks of zeros that end it, a tar is only filled up.
      while (bytes[end - 1] == 0) {
        end--;
      }
      end = (end + 511) / 512 * 512 + 1023;
    }
    for (int size = 0; size < end; size += 64) {
      Files.write(archive, Arrays.copyOf(bytes, size));
      CaptureSet set = open(archive);
      assertFalse(set.whole(), "cut off at " + size);
    }
    Files.write(archive, Arrays.copyOf(bytes, end - 1));
    assertFalse(open(archive).whole());
    Files.write(archive, bytes);
    assertTrue(open(archive).whole());
  }

  /** What is found to be intact is what was sealed, whatever the archive's own bytes are. */
  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void flippedBits_neverMakeAnotherCapture(ArchiveFormat format) throws IOException {
    Path archive = packed(format, "c", capture);
    Capture original = open(archive).captures().get(0);
    byte[] bytes = Files.readAllBytes(archive);
    Random random = new Random(20261122);
    for (int i = 0; i < 400; i++) {
      int bit = random.nextInt(bytes.length * 8);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(archive, bytes);
      CaptureSet set = open(archive);
      if (set.whole()) {
        assertEquals(entries(original), entries(set.captures().get(0)), "bit " + bit);
      }
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void hostileNames_areNamedAndTheRestIsRead(ArchiveFormat format) throws IOException {
    byte[] manifest = Files.readAllBytes(capture.resolve("manifest.jsonl"));
    Path archive =
        new ArchiveFixture(format)
            .file("../../c/manifest.jsonl", manifest)
            .file("a/../manifest.jsonl", manifest)
            .file("/etc/manifest.jsonl", manifest)
            .file("n".repeat(format == ArchiveFormat.ZIP ? 60_000 : 6000), manifest)
            .file("build/inner.tar.gz", new byte[10])
            .file("stray/exec-000001.parquet", new byte[10])
            .link("linked/manifest.jsonl", "/etc/passwd")
            .tree(capture, "./c/")
            .file("c//manifest.jsonl", manifest)
            .file("c/within/manifest.jsonl", manifest)
            .write(temp.resolve("hostile" + ArchiveFixture.suffix(format)));
    CaptureSet set = open(archive);
    assertEquals(
        List.of(
            archive + "!/../../c/manifest.jsonl archive_entry",
            archive + "!//etc/manifest.jsonl archive_entry",
            archive + "!/a/../manifest.jsonl archive_entry",
            archive + "!/build/inner.tar.gz archive_entry",
            archive + "!/c/manifest.jsonl archive_entry",
            archive + "!/linked/manifest.jsonl manifest_unreadable",
            archive + "!/" + "n".repeat(200) + "… archive_entry",
            archive + "!/stray/exec-000001.parquet foreign_file"),
        kinds(set));
    assertEquals(1, set.captures().size());
    assertTrue(set.captures().get(0).whole());
  }

  @Test
  void whatIsNoFile_isNotRead() throws IOException {
    Path segment = capture.resolve("exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    Files.delete(segment);
    for (byte type :
        new byte[] {
          TarConstants.LF_LINK,
          TarConstants.LF_SYMLINK,
          TarConstants.LF_CHR,
          TarConstants.LF_BLK,
          TarConstants.LF_FIFO,
          TarConstants.LF_DIR
        }) {
      Path archive =
          new ArchiveFixture(ArchiveFormat.TAR)
              .file("elsewhere", bytes)
              .special("c/exec-000001.parquet", type, "elsewhere")
              .tree(capture, "c")
              .write(temp.resolve("special.tar"));
      assertEquals(
          List.of(archive + "!/c/exec-000001.parquet segment_not_a_file"), kinds(open(archive)));
    }
  }

  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void segment_isNoLargerThanItsManifestSays(ArchiveFormat format) throws IOException {
    Path segment = capture.resolve("exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, 50_000_000));
    Path archive = packed(format, "c", capture);
    assertEquals(
        List.of(archive + "!/c/exec-000001.parquet segment_resized"), kinds(open(archive)));
  }

  @Test
  void lyingSizeOfAZipEntry_isFoundOut() throws IOException {
    Path archive = packed(ArchiveFormat.ZIP, "c", capture);
    byte[] bytes = Files.readAllBytes(archive);
    // The uncompressed size of the first entry in the central directory: the segment.
    int central = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[central + 24] ^= 1;
    Files.write(archive, bytes);
    assertEquals(
        List.of(archive + "!/c/exec-000001.parquet segment_resized"), kinds(open(archive)));
  }

  @Test
  void encryptedZip_isNamed() throws IOException {
    Path archive = packed(ArchiveFormat.ZIP, "c", capture);
    byte[] bytes = Files.readAllBytes(archive);
    for (int i = 0; i < bytes.length - 4; i++) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        bytes[i + 8] |= 1;
      }
    }
    Files.write(archive, bytes);
    CaptureSet set = open(archive);
    assertEquals(
        List.of(
            new EvidenceProblem(
                archive + "!/c/manifest.jsonl",
                Kind.MANIFEST_UNREADABLE,
                "is encrypted; unpack the archive with its password")),
        set.allProblems());
  }

  @Test
  void dataBehindTheEndOfATar_isSaid() throws IOException {
    Path archive = packed(ArchiveFormat.TAR, "c", capture);
    byte[] one = Files.readAllBytes(archive);
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    Files.write(archive, two);
    CaptureSet set = open(archive);
    assertEquals(List.of(archive + " archive_damaged"), kinds(set));
    assertEquals(1, set.captures().get(0).segments().size());
  }

  @ParameterizedTest
  @EnumSource(ArchiveFormat.class)
  void archiveWithoutCapture_isSaidWhenItWasNamed(ArchiveFormat format) throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Path archive =
        new ArchiveFixture(format)
            .file("build.log", new byte[10])
            .write(store.resolve("logs" + ArchiveFixture.suffix(format)));
    assertEquals(List.of(archive + " not_a_capture"), kinds(open(archive)));
    assertEquals(List.of(store + " not_a_capture"), kinds(open(store)));
    Files.move(capture, store.resolve("c"));
    assertEquals(List.of(), kinds(open(store)));
  }

  @Test
  void whatIsNoArchive_isNamed() throws IOException {
    for (ArchiveFormat format : ArchiveFormat.values()) {
      Path archive = temp.resolve("x" + ArchiveFixture.suffix(format));
      for (String content : List.of("", "no archive, whatever its name says, but ".repeat(50))) {
        Files.writeString(archive, content);
        assertEquals(List.of(archive + " archive_damaged"), kinds(open(archive)));
      }
    }
  }

  @Test
  void copies_areForNobodyElseAndGoneAtTheEnd() throws IOException {
    Path archive = packed(ArchiveFormat.TAR, "c", capture);
    CaptureCatalogue catalogue = list(KnownEvidence.NONE, archive);
    CaptureSet set = CaptureSet.open(catalogue.captures(), copies, name -> {});
    Path copy = set.captures().get(0).segments().get(0).file();
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.getParent())));
    copies.close();
    assertFalse(Files.exists(copy.getParent()));
    assertThrows(CancellationException.class, () -> copies.copy(InputStream.nullInputStream(), 1));
    // The same entries can be opened again, elsewhere.
    try (PrivateCopies others = new PrivateCopies()) {
      assertTrue(CaptureSet.open(catalogue.captures(), others, name -> {}).whole());
    }
  }

  @Test
  void unchangedArchive_isNotOpenedAgain() throws IOException {
    Path archive = packed(ArchiveFormat.TAR_GZIP, "c", capture);
    CaptureCatalogue first = list(KnownEvidence.NONE, archive);
    ArchiveContents contents = first.archives().get(0);
    List<String> asked = new ArrayList<>();
    KnownEvidence known =
        new KnownEvidence() {
          @Override
          public boolean manifest(String sha256) {
            return sha256.equals(first.captures().get(0).manifestHash());
          }

          @Override
          public Optional<ArchiveContents> archive(String path, String fingerprint) {
            asked.add(path + " " + fingerprint.equals(contents.fingerprint()));
            return Optional.of(
                new ArchiveContents(
                    path,
                    fingerprint,
                    contents.captures(),
                    List.of(new EvidenceProblem(path, Kind.ARCHIVE_ENTRY, "kept"))));
          }
        };
    CaptureCatalogue second = list(known, archive);
    assertEquals(List.of(archive + " true"), asked);
    assertEquals("kept", second.problems().get(0).message());
    assertEquals(first.captures().get(0).listing(), second.captures().get(0).listing());
    assertEquals(first.captures().get(0).manifest(), second.captures().get(0).manifest());
    assertTrue(CaptureSet.open(second.captures(), copies, name -> {}).whole());
    copies.close();
  }

  @Test
  void bomb_isStopped() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] buffer, int from, int length) {
            return length;
          }
        };
    IOException e =
        assertThrows(
            IOException.class,
            () -> new UnpackLimit(1000).on(endless).transferTo(OutputStream.nullOutputStream()));
    assertEquals(
        "unpacks to more than 100 times its size; unpack it where there is room", e.getMessage());
  }

  private Path packed(ArchiveFormat format, String as, Path directory) throws IOException {
    return new ArchiveFixture(format)
        .tree(directory, as)
        .write(temp.resolve("packed" + ArchiveFixture.suffix(format)));
  }

  /** Without most columns the file is small; nothing here looks into it. */
  private Path small(String name) {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("from/" + name)).exec("/bin/ls", "ls");
    for (Column column : Table.EXECS.storedColumns()) {
      fixture.type(column.columnName(), column == ExecColumn.PID ? "INTEGER" : "absent");
      if (column.type().text()) {
        fixture.type(column.rawName(), "absent");
      }
    }
    return fixture.write();
  }

  private static List<String> entries(Capture capture) throws IOException {
    List<String> entries = new ArrayList<>();
    for (Segment segment : capture.segments()) {
      try (InputStream in = Files.newInputStream(segment.file())) {
        entries.add(segment.entry() + " " + Sha256.of(in));
      }
    }
    return entries;
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  private static CaptureCatalogue list(KnownEvidence known, Path... arguments) {
    return CaptureCatalogue.list(
        Arrays.stream(arguments).map(Path::toString).toList(), known, name -> {});
  }

  private static CaptureSet open(Path... captures) {
    return CaptureSet.open(List.of(captures), name -> {});
  }

  private static List<String> kinds(CaptureSet set) {
    return set.allProblems().stream()
        .map(problem -> problem.path() + " " + problem.kind().id())
        .toList();
  }
}
