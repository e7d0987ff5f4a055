// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcam.capture.ExecColumn;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.recording.RecordedRun.Execution;
import dev.trailcam.recorder.segment.AncestorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs are started in every way that makes names lie, and what was recorded is compared with
 * what each of them says of itself: a Perl interpreter, copied so that it is a program of its own,
 * runs {@code witness.pl}, which writes down its pid, parent, links under /proc and arguments.
 */
@NeedsKernel
final class StartShapesTest {
  private static final Path PERL = Path.of("/usr/bin/perl");

  @TempDir private Path directory;
  private Path testimony;

  @BeforeEach
  void layOutPrograms() throws IOException {
    assumeTrue(Files.isExecutable(PERL), "needs perl");
    directory = directory.toRealPath();
    testimony = directory.resolve("testimony");
    Files.copy(PERL, directory.resolve("tool"));
    executable("tool");
    resource("witness.pl");
    Files.writeString(
        directory.resolve("script"),
        "#!"
            + directory.resolve("tool")
            + " -w\n"
            + Files.readString(directory.resolve("witness.pl")));
    executable("script");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("tool"));
    resource("from-memory.pl");
    resource("shapes.sh");
  }

  @ParameterizedTest
  @CsvSource({"directly", "unshare"})
  void everyShape_isRecordedAsTheProgramSeesItself(String how) throws IOException {
    String shapes = directory.resolve("shapes.sh").toString();
    RecordedRun run =
        how.equals("directly")
            ? record("sh", shapes)
            : record("unshare", "--pid", "--mount", "--fork", "--mount-proc", "sh", shapes);

    assertEquals(0, run.result().exitStatus());
    List<Map<String, String>> witnesses = testimony();
    assertEquals(
        List.of("plain", "symlink", "script", "loader", "memfd", "thread"),
        witnesses.stream().map(witness -> witness.get("shape")).toList());
    for (Map<String, String> witness : witnesses) {
      assertRecorded(run, witness);
    }
  }

  private RecordedRun record(String... command) throws IOException {
    return RecordedRun.of(directory.resolve("store"), ProbeConfig.DEFAULT_RING_BYTES, command);
  }

  private void assertRecorded(RecordedRun run, Map<String, String> witness) {
    String shape = witness.get("shape");
    Execution execution = find(run, witness);
    assertEquals(witness.get("exe"), execution.text(ExecColumn.EXE), shape);
    assertEquals(expectedFilename(shape), execution.text(ExecColumn.FILENAME), shape);
    assertEquals(
        List.of(witness.get("argv").split("\0", -1)), execution.texts(ExecColumn.ARGV), shape);
    assertEquals(execution.texts(ExecColumn.ARGV).size(), execution.number(ExecColumn.ARGC), shape);
    assertEquals(witness.get("cwd"), execution.text(ExecColumn.CWD), shape);
    assertEquals(Long.parseLong(witness.get("inode")), execution.number(ExecColumn.INODE), shape);
    assertEquals(shape.equals("memfd"), execution.values().get(ExecColumn.IS_MEMFD), shape);
    for (ExecColumn namespace :
        List.of(ExecColumn.MNT_NS, ExecColumn.PID_NS, ExecColumn.NET_NS, ExecColumn.USER_NS)) {
      String seen = witness.get(namespace.columnName());
      assertEquals(Long.parseLong(seen), execution.number(namespace), shape);
    }
    // The kernel shows the start time in ticks of a hundredth of a second.
    assertEquals(
        Long.parseLong(witness.get("start")),
        execution.number(ExecColumn.START_BOOT_NS) / 10_000_000,
        shape);
    assertFamily(run, execution, witness);
  }

  /** The parent is the shell that ran shapes.sh; above it stands what started that. */
  private static void assertFamily(
      RecordedRun run, Execution execution, Map<String, String> witness) {
    String shape = witness.get("shape");
    List<?> ancestors = (List<?>) execution.values().get(ExecColumn.ANCESTORS);
    AncestorEntry parent = (AncestorEntry) ancestors.get(0);
    assertEquals(execution.number(ExecColumn.PPID), parent.pid(), shape);
    assertEquals(witness.get("parent_exe"), execution.text(ExecColumn.PARENT_EXE), shape);
    assertEquals(
        List.of(witness.get("parent_argv").split("\0", -1)),
        execution.texts(ExecColumn.PARENT_ARGV),
        shape);
    Execution shell =
        run.executions().stream()
            .filter(other -> other.number(ExecColumn.PID) == parent.pid())
            .findFirst()
            .orElseThrow();
    assertEquals(shell.number(ExecColumn.START_BOOT_NS), parent.startBootNs(), shape);
    assertTrue(
        ancestors.stream()
            .anyMatch(a -> ((AncestorEntry) a).pid() == ProcessHandle.current().pid()),
        "the recorder is an ancestor of all it starts");
    for (Object ancestor : ancestors) {
      assertIsWhatRuns((AncestorEntry) ancestor);
    }
  }

  /** Ancestors that still live can be asked; what they run is right or not known, never wrong. */
  private static void assertIsWhatRuns(AncestorEntry ancestor) {
    try {
      Path link = Path.of("/proc", Integer.toString(ancestor.pid()), "exe");
      String exe = Files.readSymbolicLink(link).toString().replaceFirst(" \\(deleted\\)$", "");
      assertTrue(ancestor.exe() == null || ancestor.exe().equals(exe), exe + ": " + ancestor);
    } catch (IOException e) {
      // It has ended since, or may not be looked at.
    }
  }

  private Execution find(RecordedRun run, Map<String, String> witness) {
    List<Execution> found =
        run.executions().stream()
            .filter(e -> e.number(ExecColumn.NS_PID) == Long.parseLong(witness.get("pid")))
            .filter(e -> e.text(ExecColumn.EXE).equals(witness.get("exe")))
            .toList();
    assertEquals(1, found.size(), witness.get("shape"));
    return found.get(0);
  }

  private String expectedFilename(String shape) {
    return switch (shape) {
      case "plain" -> directory.resolve("tool").toString();
      case "symlink" -> "./link";
      case "script" -> "./script";
      case "loader" -> "/lib64/ld-linux-x86-64.so.2";
      case "memfd" -> "/proc/self/fd/9";
      case "thread" -> "./tool";
      default -> throw new IllegalArgumentException(shape);
    };
  }

  /** Lines of KEY=HEX KEY=HEX …, one for each witness. */
  private List<Map<String, String>> testimony() throws IOException {
    return Files.readAllLines(testimony).stream()
        .map(
            line -> {
              Map<String, String> witness = new HashMap<>();
              for (String pair : line.split(" ", -1)) {
                String[] parts = pair.split("=", 2);
                witness.put(parts[0], new String(HexFormat.of().parseHex(parts[1]), ISO_8859_1));
              }
              return witness;
            })
        .toList();
  }

  private void resource(String name) throws IOException {
    try (var in = getClass().getResourceAsStream("/start-shapes/" + name)) {
      Files.copy(in, directory.resolve(name));
    }
    executable(name);
  }

  private void executable(String name) {
    assertTrue(directory.resolve(name).toFile().setExecutable(true));
  }
}
