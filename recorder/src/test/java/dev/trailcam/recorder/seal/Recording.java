// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.segment.SegmentReader;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.SpoolWriter;
import dev.trailcam.recorder.wire.WireRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A capture directory as a recorder makes it, and what is in it. */
final class Recording {
  static final String ID = "c0ffee";
  static final ManifestEntry.Start START =
      new ManifestEntry.Start(
          1,
          ID,
          "trailcam test",
          "runner-7",
          "b007",
          null,
          "ci",
          "6.18",
          "x86_64",
          CiContext.NONE,
          "machine",
          null,
          32_768,
          64 << 20,
          2,
          null,
          null,
          new ClockReading(1_000, 1_000, 5_000_000),
          null);

  final Path directory;

  Recording(Path directory) {
    this.directory = directory;
  }

  /** A new capture with its first manifest line. */
  static Recording start(Path directory) throws IOException {
    Files.createDirectory(directory.resolve(CaptureLayout.SPOOL));
    return new Recording(directory);
  }

  ManifestAppender manifest() throws IOException {
    return ManifestAppender.create(directory, START);
  }

  Path spoolDir() {
    return directory.resolve(CaptureLayout.SPOOL);
  }

  Path spoolFile(int number) {
    return spoolDir().resolve(CaptureLayout.spoolName(number));
  }

  /** A spool file of executions of one processor, in disorder and one twice. */
  Path spool(int number, int cpu, long firstSequence, int count) throws IOException {
    try (SpoolWriter writer = SpoolWriter.create(spoolDir(), number, ID)) {
      for (int i = count - 1; i >= 0; i--) {
        writer.append(FrameKind.EVENT, exec(cpu, firstSequence + i).encode());
      }
      writer.append(FrameKind.EVENT, exec(cpu, firstSequence).encode());
    }
    return spoolFile(number);
  }

  static WireRecord exec(int cpu, long sequence) {
    return WireRecord.exec(cpu, sequence, 1_000_000L + sequence * 1_000 + cpu)
        .number("pid", 100 + sequence)
        .comm("cc")
        .filename("cc".getBytes(UTF_8))
        .exe("/usr/bin/cc")
        .cwd("/build")
        .argv("cc", "-c", sequence + ".c");
  }

  Manifest read() throws IOException {
    return Manifest.read(directory.resolve(CaptureLayout.MANIFEST));
  }

  /** Something of every row of every segment of a table, in the manifest's order. */
  <T> List<T> rows(Table table, Function<Row, T> view) throws IOException {
    List<T> rows = new ArrayList<>();
    for (Segment segment : read().segments()) {
      if (segment.table().equals(table.filePrefix())) {
        try (SegmentReader reader = SegmentReader.open(directory.resolve(segment.file()), table)) {
          for (Row row = reader.next(); row != null; row = reader.next()) {
            rows.add(view.apply(row));
          }
        }
      }
    }
    return rows;
  }

  /** Processor and number of every sealed execution. */
  List<String> executions() throws IOException {
    return rows(Table.EXECS, row -> row.get(ExecColumn.CPU) + ":" + row.get(ExecColumn.SEQ));
  }

  /** Names of all files, the spool's with their directory. */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  /** A copy of the directory as it is now: what a crash would leave. */
  Recording copyTo(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        Files.copy(path, target.resolve(directory.relativize(path).toString()));
      }
    }
    return new Recording(target);
  }
}
