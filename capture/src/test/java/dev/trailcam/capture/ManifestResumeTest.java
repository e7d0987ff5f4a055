// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestResumeTest {
  private static final ClockReading CLOCK = new ClockReading(1, 1, 1);
  private static final ManifestEntry.Start START =
      new ManifestEntry.Start(
          1,
          "c",
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
          1,
          1,
          1,
          null,
          null,
          CLOCK,
          null);

  @TempDir Path dir;

  @Test
  void whileAnotherAppends_isRefused() throws IOException {
    try (ManifestAppender first = ManifestAppender.create(dir, START)) {
      Manifest manifest = read();
      IOException e = assertThrows(IOException.class, () -> ManifestAppender.resume(dir, manifest));
      assertEquals(dir + ": is still being recorded", e.getMessage());
      first.append(end());
    }
    assertEquals(List.of(), read().problems());
  }

  @Test
  void lineThatIsCutOff_isRemoved() throws IOException {
    ManifestAppender.create(dir, START).close();
    append("{\"type\":\"segm");
    try (ManifestAppender appender = ManifestAppender.resume(dir, read())) {
      appender.append(end());
    }
    assertEquals(List.of(), read().problems());
    assertEquals(EndReason.RECOVERED.id(), read().end().orElseThrow().reason());
  }

  @Test
  void wholeLineThatIsBad_isKept() throws IOException {
    ManifestAppender.create(dir, START).close();
    append("nonsense\n");
    long bytes = Files.size(file());
    assertThrows(IOException.class, () -> ManifestAppender.resume(dir, read()));
    assertEquals(bytes, Files.size(file()));
  }

  @Test
  void whatWasAppendedSinceItWasRead_isKept() throws IOException {
    ManifestAppender recorder = ManifestAppender.create(dir, START);
    Manifest before = read();
    try (recorder) {
      recorder.append(end());
    }
    assertThrows(IOException.class, () -> ManifestAppender.resume(dir, before));
    assertEquals(EndReason.RECOVERED.id(), read().end().orElseThrow().reason());
  }

  @Test
  void link_isNotFollowed() throws IOException {
    ManifestAppender.create(dir, START).close();
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve(CaptureLayout.MANIFEST), file());
    assertThrows(IOException.class, () -> ManifestAppender.resume(elsewhere, read()));
  }

  private static ManifestEntry.End end() {
    return new ManifestEntry.End(
        EndReason.RECOVERED.id(), null, null, 0, Map.of(), null, CLOCK, null);
  }

  private void append(String text) throws IOException {
    Files.write(file(), text.getBytes(UTF_8), StandardOpenOption.APPEND);
  }

  private Manifest read() throws IOException {
    return Manifest.read(file());
  }

  private Path file() {
    return dir.resolve(CaptureLayout.MANIFEST);
  }
}
