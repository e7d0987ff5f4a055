// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.SpoolWriter;
import dev.trailcam.recorder.wire.WireRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecoverCommandTest {
  @TempDir Path dir;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void deadRecording() throws IOException {
    Path spool = Files.createDirectory(dir.resolve(CaptureLayout.SPOOL));
    ManifestAppender.create(
            dir,
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
                new ClockReading(1, 1, 1),
                null))
        .close();
    try (SpoolWriter writer = SpoolWriter.create(spool, 1, "c")) {
      writer.append(FrameKind.EVENT, WireRecord.exec(0, 0, 5).encode());
    }
  }

  @Test
  void wholeSpool_isFine_andOnceIsEnough() {
    assertEquals(0, run(dir.toString()));
    assertEquals(
        dir + ": recovered: 1 executions, 1 of them from the spool; 0 counted as lost\n", said());
    assertEquals(0, run(dir.toString()));
    assertEquals(dir + ": nothing to recover: the recording ended (recovered)\n", said());
  }

  @Test
  void tornSpool_isIncomplete() throws IOException {
    Files.write(
        dir.resolve(CaptureLayout.SPOOL).resolve(CaptureLayout.spoolName(1)),
        "torn".getBytes(UTF_8),
        StandardOpenOption.APPEND);
    assertEquals(4, run(dir.toString()));
    assertEquals(
        dir
            + ": recovered: 1 executions, 1 of them from the spool; 1 counted as lost; the spool"
            + " ended in 4 bytes that cannot be read\n",
        said());
  }

  @Test
  void noCapture_cannotBeRecovered() {
    Path none = dir.resolve(CaptureLayout.SPOOL);
    assertEquals(4, run(none.toString(), dir.toString()));
    assertTrue(said().startsWith(none + ": cannot be recovered: it has no manifest.jsonl\n"));
  }

  @Test
  void noArgument_isWrongUsage() {
    assertEquals(2, run());
    assertTrue(said().startsWith("Missing required parameter: 'CAPTURE'"));
  }

  private int run(String... arguments) {
    err.getBuffer().setLength(0);
    return new CommandLine(new RecoverCommand())
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String said() {
    return err.toString().replace(System.lineSeparator(), "\n");
  }
}
