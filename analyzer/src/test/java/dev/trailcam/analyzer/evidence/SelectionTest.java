// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.CiContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
  /** The clocks of the fixture when recording began and ended. */
  private static final Instant START = Instant.ofEpochSecond(1_795_320_181L);

  private static final Instant END = START.plusSeconds(8);

  @TempDir Path temp;

  @Test
  void time_takesWhatOverlapsIt() throws IOException {
    CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    assertEquals(1, selected(time(null, null)));
    assertEquals(1, selected(time(END, null)));
    assertEquals(0, selected(time(END.plusNanos(1), null)));
    assertEquals(0, selected(time(null, START)));
    assertEquals(1, selected(time(null, START.plusNanos(1))));
    assertEquals(1, selected(time(START.plusSeconds(2), START.plusSeconds(3))));
  }

  @Test
  void captureWithoutEnd_mayReachAsFarAsAnybodyAsks() throws IOException {
    CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").withoutEnd().write();
    assertEquals(1, selected(time(END.plusSeconds(1_000_000), null)));
    assertEquals(0, selected(time(null, START)));
  }

  @Test
  void names_areExactOrGlobs() throws IOException {
    CaptureFixture.at(temp.resolve("a"))
        .host("runner-7")
        .ci(project("group/sub/[x]"))
        .environment("ci")
        .exec("/bin/ls", "ls")
        .write();
    CaptureFixture.at(temp.resolve("b"))
        .host("Runner-8")
        .environment("production")
        .exec("/bin/ls", "ls")
        .write();
    assertEquals(1, selected(hosts("runner-*")));
    assertEquals(1, selected(hosts("runner-7")));
    assertEquals(2, selected(hosts("nobody", "[rR]unner-?")));
    assertEquals(0, selected(hosts("runner")));
    assertEquals(1, selected(projects("group/sub/[x]")));
    assertEquals(1, selected(projects("group/**")));
    assertEquals(0, selected(projects("group/*")));
    assertEquals(
        1,
        selected(
            new Selection(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new NamePattern("production")))));
    assertThrows(IllegalArgumentException.class, () -> new NamePattern("[a"));
    assertThrows(IllegalArgumentException.class, () -> new NamePattern(""));
    assertFalse(new NamePattern("*").matches("a\0b"), "no file could be called that");
    assertTrue(new NamePattern("a\0b").matches("a\0b"));
  }

  private long selected(Selection selection) throws IOException {
    List<CaptureEntry> entries =
        CaptureCatalogue.list(List.of(temp.toString()), KnownEvidence.NONE, name -> {}).captures();
    Selection.Selected selected = selection.of(entries);
    assertEquals(entries.size(), selected.captures().size() + selected.notSelected());
    return selected.captures().size();
  }

  private static Selection time(Instant from, Instant to) {
    return new Selection(
        Optional.ofNullable(from), Optional.ofNullable(to), List.of(), List.of(), List.of());
  }

  private static Selection hosts(String... names) {
    return new Selection(Optional.empty(), Optional.empty(), patterns(names), List.of(), List.of());
  }

  private static Selection projects(String... names) {
    return new Selection(Optional.empty(), Optional.empty(), List.of(), patterns(names), List.of());
  }

  private static List<NamePattern> patterns(String... names) {
    return List.of(names).stream().map(NamePattern::new).toList();
  }

  private static CiContext project(String path) {
    return new CiContext("gitlab", path, null, null, null, null, null, null, null, null);
  }
}
