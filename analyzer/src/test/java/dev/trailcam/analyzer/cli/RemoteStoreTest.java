// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.KnownEvidence;
import dev.trailcam.analyzer.evidence.PrivateCopies;
import dev.trailcam.analyzer.remote.StrictFileSystem;
import dev.trailcam.analyzer.remote.StrictFileSystem.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that Hadoop finds by its configuration, as it finds those of users. */
class RemoteStoreTest {
  private static final String ADDRESS = "strict://store/captures";

  @TempDir Path temp;
  private Path store;

  @BeforeEach
  void show() {
    StrictFileSystem.show(temp);
    store = temp.resolve("captures");
    CaptureFixture.at(store.resolve("deep/a 1:2"))
        .id("a")
        .bootId("boot-a")
        .exec("/usr/bin/tcpdump", "tcpdump", "-i", "any")
        .nextSegment()
        .exec("/bin/ls", "ls")
        .write();
    CaptureFixture.at(store.resolve("b"))
        .id("b")
        .bootId("boot-b")
        .exec("/usr/sbin/ettercap", "ettercap", "-T")
        .write();
  }

  @AfterEach
  void everyFile_wasClosed() {
    assertEquals(0, StrictFileSystem.open());
  }

  @Test
  void verbs_sayOfItWhatTheySayOfTheDisk() {
    for (String verb : List.of("replay", "inspect", "verify")) {
      Run local = Run.of(verb, "-q", "--format", "json", store.toString());
      Run remote = Run.of(verb, "-q", "--format", "json", ADDRESS);
      assertEquals(local.code(), remote.code(), remote.err());
      assertEquals(local.out().replace(store.toString(), ADDRESS), remote.out());
      assertEquals(local.err().replace(store.toString(), ADDRESS), remote.err());
      assertTrue(StrictFileSystem.calls() > 0);
    }
  }

  @Test
  void hunt_looksAtWhatIsNewAlone() {
    String state = temp.resolve("state").toString();
    Run first = Run.of("hunt", "--format", "ndjson", "--state", state, ADDRESS);
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("net_sniff_tool_exec"), first.out());
    StrictFileSystem.fail(0, Fault.NONE);
    Run second = Run.of("hunt", "--format", "ndjson", "--state", state, ADDRESS);
    assertEquals(0, second.code(), second.err());
    assertFalse(second.out().contains("\"type\":\"finding\""), second.out());
    CaptureFixture.at(store.resolve("c"))
        .id("c")
        .bootId("boot-c")
        .exec("/usr/bin/tshark", "tshark")
        .write();
    Run third = Run.of("hunt", "--format", "ndjson", "--state", state, ADDRESS);
    assertEquals(0, third.code(), third.err());
    assertTrue(third.out().contains("tshark"), third.out());
  }

  @Test
  void oneCallGoesWrong_andNothingLooksComplete() {
    CaptureSet whole = open();
    assertTrue(whole.whole(), () -> "" + whole.allProblems());
    assertEquals(Set.of("a", "b"), ids(whole));
    int calls = StrictFileSystem.calls();
    assertTrue(calls > 40, "reads are calls: " + calls);
    for (Fault fault : List.of(Fault.REFUSED, Fault.CUT_SHORT, Fault.HUNG_UP)) {
      int told = 0;
      for (int call = 1; call <= calls; call++) {
        StrictFileSystem.fail(call, fault);
        CaptureSet set = open();
        String where = fault + " at call " + call + " of " + calls;
        assertTrue(Set.of("a", "b").containsAll(ids(set)), where);
        if (!set.whole()) {
          told++;
          assertTrue(
              set.allProblems().stream().allMatch(problem -> problem.path().startsWith(ADDRESS)),
              where);
        } else {
          // Who lists less than there is, or says that it ends after its end, cannot be noticed.
          assertEquals(Fault.CUT_SHORT, fault, where);
        }
        assertEquals(0, StrictFileSystem.open(), where);
      }
      assertTrue(told >= calls / 2, fault + " was told " + told + " times of " + calls);
    }
  }

  @Test
  void faultWhileJudging_isNoCleanVerdict() {
    Run.of("replay", "-q", ADDRESS);
    StrictFileSystem.fail(0, Fault.NONE);
    open();
    int calls = StrictFileSystem.calls();
    for (Fault fault : List.of(Fault.REFUSED, Fault.HUNG_UP)) {
      StrictFileSystem.fail(calls - 1, fault);
      Run run = Run.of("replay", "--format", "json", ADDRESS);
      assertEquals(4, run.code(), run.out());
      assertTrue(run.err().contains(ADDRESS), run.err());
    }
  }

  @Test
  void archives_areReadAsFromTheDisk() throws Exception {
    archives();
    verbs_sayOfItWhatTheySayOfTheDisk();
    for (String archive : List.of("z.zip", "t.tar.gz")) {
      Run named = Run.of("replay", "-q", "--format", "json", ADDRESS + "/" + archive);
      assertEquals(0, named.code(), named.err());
      assertTrue(named.out().contains(ADDRESS + "/" + archive + "!"), named.out());
    }
    hunt_looksAtWhatIsNewAlone();
    StrictFileSystem.fail(0, Fault.NONE);
    String state = temp.resolve("state").toString();
    Run again = Run.of("hunt", "--format", "ndjson", "--state", state, ADDRESS);
    assertEquals(0, again.code(), again.err());
    assertEquals(Set.of("manifest.jsonl"), Set.copyOf(StrictFileSystem.names()));
  }

  @Test
  void damagedArchive_isNamed() throws Exception {
    Files.writeString(store.resolve("artifacts.zip"), "PK");
    Run run = Run.of("replay", "--format", "json", ADDRESS);
    assertEquals(4, run.code());
    assertTrue(run.err().contains(ADDRESS + "/artifacts.zip"), run.err());
  }

  @Test
  void oneCallAboutAnArchiveGoesWrong_andNothingLooksComplete() throws Exception {
    archives();
    CaptureSet whole = open();
    assertTrue(whole.whole(), () -> "" + whole.allProblems());
    assertEquals(Set.of("a", "b", "t", "z"), ids(whole));
    int calls = StrictFileSystem.calls();
    for (Fault fault : List.of(Fault.REFUSED, Fault.CUT_SHORT, Fault.HUNG_UP)) {
      for (int call = 1; call <= calls; call++) {
        StrictFileSystem.fail(call, fault);
        CaptureSet set = open();
        String where = fault + " at call " + call + " of " + calls;
        if (set.whole() && fault != Fault.CUT_SHORT) {
          assertEquals(ids(whole), ids(set), where);
        }
        if (set.whole() && fault == Fault.REFUSED) {
          throw new AssertionError(where + " was not told");
        }
        assertEquals(0, StrictFileSystem.open(), where);
      }
    }
  }

  private void archives() throws Exception {
    for (String name : List.of("z", "t")) {
      CaptureFixture.at(temp.resolve(name)).id(name).bootId("boot-" + name).exec("/bin/ls").write();
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(store.resolve("z.zip")));
        Stream<Path> files = Files.list(temp.resolve("z"))) {
      for (Path file : files.sorted().toList()) {
        zip.putNextEntry(new ZipEntry("z/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    Process tar =
        new ProcessBuilder("tar", "-C", "" + temp, "-czf", "" + store.resolve("t.tar.gz"), "t")
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
  }

  @Test
  void anotherHost_isNamed() {
    Run run = Run.of("replay", "strict://elsewhere/captures");
    assertEquals(4, run.code());
    assertTrue(run.out().contains("there is no host elsewhere"), run.out());
  }

  private static Set<String> ids(CaptureSet set) {
    Set<String> ids = new TreeSet<>();
    set.captures().stream().map(Capture::id).forEach(ids::add);
    return ids;
  }

  private static CaptureSet open() {
    CaptureCatalogue catalogue =
        CaptureCatalogue.list(List.of(ADDRESS), KnownEvidence.NONE, name -> {});
    try (PrivateCopies copies = new PrivateCopies()) {
      return CaptureSet.open(catalogue.captures(), copies, name -> {}).with(catalogue.problems());
    }
  }
}
