// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {
  private static final ClockReading CLOCK =
      new ClockReading(5_000, 4_000, 1_795_320_180_000_000_000L);
  private static final ManifestEntry.Start START =
      new ManifestEntry.Start(
          1,
          "0b9f2d1e-7c55-4f0e-9d2a-3f6b8a1c2e4d",
          "trailcam test",
          "runner-7",
          "5b1a7d5e-0000-4000-8000-000000000001",
          null,
          "ci",
          "6.18.0",
          "x86_64",
          new CiContext("github", "group/project", null, null, null, null, null, null, null, null),
          "command",
          List.of("make", "caf\u00e9", "\u001b[31m\n"),
          32_768,
          1 << 26,
          2,
          null,
          null,
          CLOCK,
          null);
  private static final ManifestEntry.Segment SEGMENT =
      new ManifestEntry.Segment(
          "exec",
          "exec-000001.parquet",
          4_711,
          "ab".repeat(32),
          10,
          1_000,
          2_000,
          List.of(new ManifestEntry.SequenceRange(0, 0, 11, 10)),
          Map.of("ring_full", 2L),
          null,
          "000001.spool",
          CLOCK,
          null);
  private static final ManifestEntry.End END =
      new ManifestEntry.End(
          "command_exited", 0, 12L, 10, Map.of("ring_full", 2L), null, CLOCK, null);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writeOne() throws IOException {
    file = directory.resolve(CaptureLayout.MANIFEST);
    try (ManifestAppender appender = ManifestAppender.create(directory, START)) {
      appender.append(SEGMENT);
      appender.append(END);
    }
  }

  @Test
  void whatWasAppended_isRead() throws IOException {
    Manifest manifest = Manifest.read(file);

    assertEquals(List.of(), manifest.problems());
    assertTrue(manifest.complete());
    assertEquals(START, manifest.start());
    assertEquals(List.of(SEGMENT), unchained(manifest.segments()));
    assertEquals(END, manifest.end().orElseThrow().withPrev(null));
    assertEquals(Files.size(file), manifest.goodBytes());
  }

  @Test
  void lines_holdNoLineFeedAndAreReadableByTheirOwnerOnly() throws IOException {
    assertEquals(3, Files.readAllLines(file).size());
    assertEquals(
        "[OWNER_READ, OWNER_WRITE]",
        Files.getPosixFilePermissions(file).stream().sorted().toList().toString());
  }

  @Test
  void create_neverOverwrites() {
    assertThrows(FileAlreadyExistsException.class, () -> ManifestAppender.create(directory, START));
  }

  @Test
  void everyCut_keepsTheLinesBeforeItAndSaysWhatIsMissing() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int firstLine = indexOf(bytes, 0) + 1;
    for (int length = firstLine; length < bytes.length; length++) {
      Manifest manifest = Manifest.parse("m", Arrays.copyOf(bytes, length));
      boolean atLineEnd = bytes[length - 1] == '\n';
      assertEquals(atLineEnd, manifest.problems().isEmpty(), "cut at " + length);
      assertFalse(manifest.complete(), "cut at " + length);
    }
    for (int length = 0; length < firstLine; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> Manifest.parse("m", cut));
    }
  }

  @Test
  void everyFlippedBit_isNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(isBroken(flipped), "bit " + bit);
    }
  }

  private static boolean isBroken(byte[] bytes) {
    try {
      return !Manifest.parse("m", bytes).problems().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void removedSwappedOrRepeatedLines_breakTheChain() throws IOException {
    List<String> lines = Files.readAllLines(file);
    String start = lines.get(0);
    String segment = lines.get(1);
    String end = lines.get(2);
    for (List<String> forged :
        List.of(
            List.of(start, end),
            List.of(start, end, segment),
            List.of(start, segment, segment, end),
            List.of(start, start, segment, end),
            List.of(start, segment, end, end))) {
      Manifest manifest = Manifest.parse("m", (String.join("\n", forged) + "\n").getBytes(UTF_8));
      assertEquals(1, manifest.problems().size(), forged.toString());
    }
  }

  @Test
  void segmentNames_leadNowhereElse() throws IOException {
    for (String name : List.of("../exec-000001.parquet", "/etc/passwd", "exec-1.parquet", "x")) {
      Path other = Files.createTempDirectory(directory, "named");
      try (ManifestAppender appender = ManifestAppender.create(other, START)) {
        appender.append(
            new ManifestEntry.Segment(
                "exec",
                name,
                1,
                "ab".repeat(32),
                0,
                0,
                0,
                List.of(),
                Map.of(),
                null,
                "s",
                CLOCK,
                null));
      }
      Manifest manifest = Manifest.read(other.resolve(CaptureLayout.MANIFEST));
      assertEquals(List.of(), manifest.segments(), name);
      assertEquals(2, manifest.problems().get(0).line(), name);
    }
  }

  @Test
  void resume_dropsATornLineAndGoesOn() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int segmentEnd = indexOf(bytes, indexOf(bytes, 0) + 1) + 1;
    Files.write(file, Arrays.copyOf(bytes, segmentEnd + 20));

    try (ManifestAppender appender = ManifestAppender.resume(directory, Manifest.read(file))) {
      appender.append(END);
    }

    assertTrue(Manifest.read(file).complete());
    assertEquals(new String(bytes, UTF_8), Files.readString(file));
  }

  @Test
  void expiredSegments_keepTheirLinesAndAreNamed() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (ManifestAppender appender = ManifestAppender.create(other, START)) {
      appender.append(SEGMENT);
      appender.append(new ManifestEntry.Expired(List.of(SEGMENT.file()), "age", CLOCK, null));
      appender.append(END);
    }
    Manifest manifest = Manifest.read(other.resolve(CaptureLayout.MANIFEST));
    assertEquals(List.of(), manifest.problems());
    assertEquals(List.of(SEGMENT.file()), List.copyOf(manifest.expired()));
    assertEquals(1, manifest.segments().size());
  }

  @Test
  void expiryOfWhatNoLineNames_breaksTheManifest() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (ManifestAppender appender = ManifestAppender.create(other, START)) {
      appender.append(SEGMENT);
      appender.append(
          new ManifestEntry.Expired(List.of("exec-000009.parquet"), "age", CLOCK, null));
    }
    Manifest manifest = Manifest.read(other.resolve(CaptureLayout.MANIFEST));
    assertEquals(
        List.of(new Manifest.Problem(3, "lets files expire that no line before it names")),
        manifest.problems());
  }

  @Test
  void newerFormat_isRefusedByName() {
    ManifestEntry.Start newer =
        new ManifestEntry.Start(
            3,
            "id",
            "r",
            "h",
            "b",
            null,
            null,
            "k",
            "a",
            CiContext.NONE,
            "machine",
            null,
            0,
            0,
            1,
            null,
            null,
            CLOCK,
            null);
    byte[] line = ChainJson.write(ManifestEntry.class, newer);
    IOException e =
        assertThrows(
            IOException.class, () -> Manifest.parse("/c/manifest.jsonl", withLineFeed(line)));
    assertEquals(
        "/c/manifest.jsonl: capture format 3 is newer than this program knows (2); use a newer trailcam",
        e.getMessage());
  }

  @Test
  void randomBytes_neverDoWorseThanAnIoException() {
    Random random = new Random(20_261_122);
    byte[] good = ChainJson.write(ManifestEntry.class, START);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] mutant = withLineFeed(bytes);
      try {
        Manifest.parse("m", mutant);
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith("m: line 1: "), e.getMessage());
      }
    }
  }

  private static List<ManifestEntry.Segment> unchained(List<ManifestEntry.Segment> segments) {
    return segments.stream().map(segment -> segment.withPrev(null)).toList();
  }

  private static byte[] withLineFeed(byte[] line) {
    byte[] bytes = Arrays.copyOf(line, line.length + 1);
    bytes[line.length] = '\n';
    return bytes;
  }

  private static int indexOf(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
