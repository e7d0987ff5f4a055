// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.recording.RecordedRun.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records real commands on this kernel and looks at what their captures hold. */
@NeedsKernel
final class RecordingTest {
  private static final long RING = ProbeConfig.DEFAULT_RING_BYTES;
  private static final int ARGV_LIMIT = 32_768;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1 << 12, 1 << 18, RING})
  void everyExecution_isRecordedOrCountedLost(long ringBytes) throws Exception {
    Path storm = compiled("storm", "-O2");
    Path noop = compiled("noop", "-O2", "-static");
    int each = 2_000;
    int cpus = 2;

    RecordedRun run =
        record(
            ringBytes,
            storm.toString(),
            Integer.toString(each),
            Integer.toString(cpus),
            noop.toString(),
            // Two such records do not fit into the smallest ring.
            "x".repeat(2_000));

    long executed = (long) each * cpus + 1; // and storm itself
    assertEquals(executed, run.manifest().end().orElseThrow().executed());
    assertEquals(executed, run.result().end().recorded() + run.result().lost());
    assertEquals(run.result().end().recorded(), run.executions().size());
    if (ringBytes == 1 << 12) {
      assertTrue(
          run.result().end().losses().get(LossCause.RING_FULL.id()) > 0, "the test has no teeth");
    }
  }

  @Test
  void recorder_startsNothingButTheCommandAndItsSuccessor() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    RecordedRun outer =
        record(
            RING,
            java,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.trailcam.recorder.cli.Main",
            "record",
            "-q",
            "-o",
            directory.resolve("inner").toString(),
            "--",
            "/bin/true");

    assertEquals(0, outer.result().exitStatus());
    assertEquals(
        List.of("java", "true", "java"),
        outer.executions().stream()
            .sorted(Comparator.comparing(e -> e.texts(ExecColumn.ARGV).contains("collect")))
            .map(e -> e.text(ExecColumn.EXE_NAME))
            .toList());
  }

  @Test
  void onlyTheCommandAndItsDescendants_areRecorded() throws Exception {
    // Started before the recording began, so it is none of the command's descendants.
    Process stranger =
        new ProcessBuilder("/bin/sh", "-c", "while :; do /bin/ls /; done")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      RecordedRun run = record(RING, "/bin/sh", "-c", "/bin/true; (/bin/true; exec /bin/true)");
      assertEquals(
          List.of("/bin/sh", "/bin/true", "/bin/true", "/bin/true"),
          run.executions().stream().map(e -> e.text(ExecColumn.FILENAME)).toList());
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 0", "exit 7", "kill -9 $$", "kill -TERM $$"})
  void commandsStatus_isPassedOn(String script) throws Exception {
    int expected =
        new ProcessBuilder("/bin/sh", "-c", "sh -c '" + script + "'; exit $?").start().waitFor();
    RecordedRun run = record(RING, "/bin/sh", "-c", script);
    assertEquals(expected, run.result().exitStatus());
    assertEquals(expected, run.manifest().end().orElseThrow().exitStatus());
  }

  @Test
  void missingCommand_isToldAsAShellDoes() throws IOException {
    assertEquals(127, record(RING, "/does/not/exist").result().exitStatus());
    assertEquals(126, record(RING, "/etc").result().exitStatus());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, ARGV_LIMIT - 6, ARGV_LIMIT - 5, ARGV_LIMIT - 4, 131_071})
  void arguments_areWholeUpToTheLimitAndTellTheirTrueSize(int length) throws IOException {
    String argument = "x".repeat(length);
    RecordedRun run = record(RING, "/bin/true", argument);
    assertEquals(ARGV_LIMIT, run.manifest().start().argvLimitBytes());
    Execution execution = only(run.executions());
    long bytes = "/bin/true".length() + 2L + length;

    assertEquals(2, execution.number(ExecColumn.ARGC));
    assertEquals(bytes, execution.number(ExecColumn.ARGV_BYTES));
    assertEquals(bytes > ARGV_LIMIT, execution.values().get(ExecColumn.ARGV_TRUNCATED));
    long kept = Math.min(bytes, ARGV_LIMIT);
    String shown = String.join("\0", execution.texts(ExecColumn.ARGV));
    assertEquals(bytes > ARGV_LIMIT ? kept : kept - 1, shown.length());
  }

  @Test
  void everyByteOfAnArgument_isKept() throws IOException {
    Path script = directory.resolve("script");
    byte[] all = new byte[255];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i + 1);
    }
    // A file name as argument, so that bytes that are no UTF-8 need not pass through Java strings.
    StringBuilder octal = new StringBuilder();
    for (byte b : all) {
      octal.append(String.format("\\%03o", b & 0xff));
    }
    Files.writeString(script, "exec /bin/true \"$(printf '" + octal + ".')\"\n");
    List<Execution> executions = record(RING, "/bin/sh", script.toString()).executions();
    Object argv = executions.get(executions.size() - 1).values().get(ExecColumn.ARGV);
    byte[] expected = Arrays.copyOf(all, 256);
    expected[255] = '.';
    assertArrayEquals(expected, (byte[]) ((List<?>) argv).get(1));
  }

  @Test
  void loaderVariables_areNamedWithoutTheirValues() throws IOException {
    RecordedRun run =
        record(
            RING,
            "/usr/bin/env",
            "LD_BIND_NOW=secret",
            "GLIBC_TUNABLES=",
            "LDX=1",
            "BUILD_LD_PRELOAD=1",
            "/bin/true");
    Execution last = run.executions().get(run.executions().size() - 1);
    assertEquals(
        List.of("GLIBC_TUNABLES", "LD_BIND_NOW"),
        last.texts(ExecColumn.ENV_NAMES).stream().sorted().toList());
  }

  @Test
  void capture_isPrivateAndItsSpoolEmpty() throws IOException {
    Path capture = record(RING, "/bin/true").result().capture();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(capture)));
    try (Stream<Path> files = Files.list(capture)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    try (Stream<Path> spool = Files.list(capture.resolve(CaptureLayout.SPOOL))) {
      assertEquals(List.of(), spool.toList());
    }
  }

  @Test
  void parentThatRanBeforeTheRecording_isKnown() throws IOException {
    Execution execution = only(record(RING, "/bin/true").executions());
    assertTrue(execution.text(ExecColumn.PARENT_EXE).endsWith("/bin/java"));
    assertNull(execution.values().get(ExecColumn.CONTAINER_ID));
  }

  private RecordedRun record(long ringBytes, String... command) throws IOException {
    return RecordedRun.of(directory.resolve("store"), ringBytes, command);
  }

  private static Execution only(List<Execution> executions) {
    assertEquals(1, executions.size());
    return executions.get(0);
  }

  private Path compiled(String name, String... flags) throws Exception {
    Path source = Path.of(System.getProperty("trailcam.root"), "bench", name + ".c");
    Path program = directory.resolve(name);
    List<String> command =
        Stream.concat(
                Stream.of("cc"),
                Stream.concat(
                    Stream.of(flags), Stream.of("-o", program.toString(), source.toString())))
            .toList();
    try {
      Process cc = new ProcessBuilder(command).inheritIO().start();
      assertTrue(cc.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, cc.exitValue());
    } catch (IOException e) {
      assumeTrue(System.getenv("TRAILCAM_REQUIRE_KERNEL") != null, "needs a C compiler (cc)");
      throw e;
    }
    return program;
  }
}
