// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.EventColumn;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.ExitColumn;
import dev.trailcam.capture.FileColumn;
import dev.trailcam.capture.ManifestEntry.EventCount;
import dev.trailcam.capture.RawSocketColumn;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.recording.RecordedRun.Execution;
import dev.trailcam.recorder.segment.AncestorEntry;
import dev.trailcam.recorder.wire.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded beside executions: ends, failures, sockets, who was there before, files. */
@NeedsKernel
final class EventsTest {
  @TempDir private Path directory;

  @Test
  void exits_haveStatusSignalAndTheProgramThatRan() throws IOException {
    RecordedRun run = record("sh", "-c", "(exit 7); sh -c 'kill -9 $$'; sh -c 'kill -TERM $$'; :");

    assertEquals(
        List.of("7/null", "null/9", "null/15", "0/null"),
        run.rows(
            Table.EXITS, row -> row.get(ExitColumn.EXIT_CODE) + "/" + row.get(ExitColumn.SIGNAL)));
    // The first is a subshell, which runs what its parent executed; the last is that parent.
    List<String> programs =
        run.rows(
            Table.EXITS,
            row -> row.get(EventColumn.EXEC_CPU) + ":" + row.get(EventColumn.EXEC_SEQ));
    assertEquals(programs.get(3), programs.get(0));
    List<String> executed =
        run.executions().stream()
            .map(e -> e.number(ExecColumn.CPU) + ":" + e.number(ExecColumn.SEQ))
            .toList();
    assertEquals(Set.copyOf(executed), Set.copyOf(programs));
    assertBooksBalance(run);
  }

  @Test
  void exits_haveTheProcessorTimeThatWasSpent() throws IOException {
    RecordedRun run = record("perl", "-e", "1 while times < 0.3; sleep 0");

    long spent =
        run.rows(
                Table.EXITS,
                row ->
                    (Long) row.get(ExitColumn.USER_CPU_NS)
                        + (Long) row.get(ExitColumn.SYSTEM_CPU_NS))
            .get(0);
    // The scheduler accounts at ticks, of 10 ms at the most.
    assertTrue(spent > 250_000_000L, spent + " ns");
  }

  @Test
  void failedExecutions_sayWhatWasTriedAndWhy() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "no program\n");
    RecordedRun run =
        record(
            "perl",
            "-e",
            "chdir '/usr'; exec {'/nowhere/at-all'} 'name', '--password=hunter22'; ",
            text.toString());
    List<String> failed =
        run.rows(
            Table.FAILED_EXECS,
            row ->
                new String((byte[]) row.get(ExecColumn.FILENAME), UTF_8)
                    + " "
                    + ((List<?>) row.get(ExecColumn.ARGV))
                        .stream().map(a -> new String((byte[]) a, UTF_8)).toList()
                    + " in "
                    + new String((byte[]) row.get(ExecColumn.CWD), UTF_8)
                    + ": "
                    + row.get(EventColumn.ERRNO));
    String last = failed.get(failed.size() - 1).replaceAll("\\[secret:[0-9a-f]{12}]", "MARK");
    assertEquals("/nowhere/at-all [name, --password=MARK] in /usr: 2", last);
    assertBooksBalance(run);
  }

  @Test
  void socketsThatSeeOthersPackets_areToldWithWhatWasDoneToThem() throws IOException {
    RecordedRun run =
        record(
            "perl",
            "-e",
            String.join(
                "",
                // AF_PACKET SOCK_RAW ETH_P_ALL; promiscuous on lo; a filter that takes nothing
                "socket(my $p, 17, 3 | 0x80000, 0x0300) or die;",
                "setsockopt($p, 263, 1, pack('iSSa8', 1, 1, 0, '')) or die;",
                "my $f = pack('SCCI', 6, 0, 0, 0);",
                "setsockopt($p, 1, 26, pack('SxxxxxxP', 1, $f)) or die;",
                // raw TCP; a socket of one's own with a filter; what every program does
                "socket(my $t, 2, 3, 6) or die;",
                "socket(my $u, 2, 2, 17) or die;",
                "setsockopt($u, 1, 26, pack('SxxxxxxP', 1, $f)) or die;",
                "socket(my $n, 16, 3, 0) or die;",
                // refused
                "socket(my $x, 17, 99, 0) and die"));
    assertEquals(0, run.result().exitStatus());
    assertEquals(
        List.of(
            "socket 17 3 3 0",
            "promiscuous 17 3",
            "filter 17 3",
            "socket 2 3 6 0",
            "socket 17 3 0 22"),
        run.rows(
            Table.RAW_SOCKETS,
            row -> {
              boolean opened = row.get(RawSocketColumn.ACTION).equals("socket");
              return row.get(RawSocketColumn.ACTION)
                  + " "
                  + row.get(RawSocketColumn.FAMILY)
                  + " "
                  + row.get(RawSocketColumn.SOCKET_TYPE)
                  + (opened
                      ? " " + row.get(RawSocketColumn.PROTOCOL) + " " + row.get(EventColumn.ERRNO)
                      : "");
            }));
    assertBooksBalance(run);
  }

  @Test
  void processesThatWereThereBefore_areTheRootsOfTheTree() throws IOException {
    RecordedRun run = record("true");

    List<Integer> pids = run.rows(Table.PROCESSES, row -> (Integer) row.get(ExecColumn.PID));
    assertTrue(pids.contains((int) ProcessHandle.current().pid()), "the recorder itself");
    AncestorEntry parent =
        (AncestorEntry)
            ((List<?>) run.executions().get(0).values().get(ExecColumn.ANCESTORS)).get(0);
    assertEquals((int) ProcessHandle.current().pid(), parent.pid());
    assertEquals(
        List.of(65_535),
        run.rows(Table.PROCESSES, row -> row.get(ExecColumn.CPU)).stream().distinct().toList());
    assertBooksBalance(run);
  }

  @Test
  void files_areLookedIntoOnce() throws Exception {
    RecordedRun run = record("sh", "-c", "/bin/true; /bin/true; /bin/true");

    Path program = Path.of("/bin/true").toRealPath();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(program));
    List<String> digests =
        run.rows(
            Table.FILES,
            row ->
                new String((byte[]) row.get(FileColumn.PATH), UTF_8)
                    + " "
                    + row.get(FileColumn.SHA256));
    assertEquals(
        1,
        Collections.frequency(digests, program + " " + HexFormat.of().formatHex(digest)),
        digests.toString());
  }

  @Test
  void fileFacts_areWhatStatSays() throws IOException {
    Path program = Path.of("/bin/true").toRealPath();
    Map<String, Object> stat = Files.readAttributes(program, "unix:size,lastModifiedTime,ctime");
    Execution execution = record("/bin/true").executions().get(0);

    assertEquals(stat.get("size"), execution.values().get(ExecColumn.SIZE));
    assertEquals(
        ((FileTime) stat.get("lastModifiedTime")).to(TimeUnit.MICROSECONDS),
        execution.values().get(ExecColumn.MTIME));
    assertEquals(
        ((FileTime) stat.get("ctime")).to(TimeUnit.MICROSECONDS),
        execution.values().get(ExecColumn.CTIME));
  }

  @Test
  void secrets_reachNoByteOfTheCapture() throws IOException {
    String secret = "hunter2-and-more";
    RecordedRun run = record("sh", "-c", "true --password=" + secret, "--token", secret);

    try (Stream<Path> files = Files.walk(run.result().capture())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(new String(Files.readAllBytes(file), ISO_8859_1).contains(secret));
      }
    }
    List<String> argv = run.executions().get(0).texts(ExecColumn.ARGV);
    String mark = argv.get(argv.size() - 1);
    assertTrue(mark.startsWith("[secret:"), mark);
    assertEquals("true --password=" + mark, argv.get(2), "equal secrets have equal marks");
    assertEquals(2, run.executions().get(0).values().get(ExecColumn.SECRETS_MASKED));
    assertEquals("masked", run.manifest().start().secrets());
    assertFalse(run.manifest().start().command().toString().contains(secret));
  }

  private static void assertBooksBalance(RecordedRun run) {
    Map<String, EventCount> books = run.manifest().end().orElseThrow().events();
    for (EventKind kind : EventKind.values()) {
      if (kind != EventKind.EXEC) {
        EventCount count = books.get(kind.table().filePrefix());
        assertEquals(count.seen(), count.recorded() + count.lost(), kind.name());
        assertEquals(0, count.lost(), kind.name());
      }
    }
  }

  private RecordedRun record(String... command) throws IOException {
    return RecordedRun.of(directory.resolve("store"), ProbeConfig.DEFAULT_RING_BYTES, command);
  }
}
