// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.SegmentWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Puts segment files into a capture: written under a temporary name, read back, hashed, renamed.
 * After each step that a crash could follow the checkpoint is told.
 */
final class SegmentFiles {
  private final Path directory;
  private final String captureId;
  private final Checkpoint checkpoint;

  SegmentFiles(Path directory, String captureId, Checkpoint checkpoint) {
    this.directory = directory;
    this.captureId = captureId;
    this.checkpoint = checkpoint;
  }

  /** Is told after each step; a test looks at what a crash would leave. */
  interface Checkpoint {
    void passed(String step) throws IOException;
  }

  /** Writes the rows of a segment. */
  interface Rows {
    void writeTo(SegmentWriter writer) throws IOException;
  }

  /** A segment file under its final name, on the disk. */
  record Finished(String name, long bytes, String sha256, long rows) {}

  /**
   * Makes a segment file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: nothing is ever overwritten
   * @throws IOException also if the file does not hold what was written to it
   */
  Finished add(Table table, int number, Rows rows) throws IOException {
    String name = CaptureLayout.segmentName(table, number);
    Path temporary = directory.resolve(name + CaptureLayout.TEMPORARY_SUFFIX);
    SegmentWriter writer = SegmentWriter.create(temporary, table, captureId);
    try {
      return add(writer, table, name, temporary, rows);
    } catch (IOException e) {
      // A full disk is not helped by what nobody will ever finish.
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private Finished add(SegmentWriter writer, Table table, String name, Path temporary, Rows rows)
      throws IOException {
    try (writer) {
      checkpoint.passed(name + " created");
      rows.writeTo(writer);
    }
    checkpoint.passed(name + " written");
    writer.verify(temporary, table);
    long bytes = Files.size(temporary);
    String sha256;
    try (InputStream in = Files.newInputStream(temporary, LinkOption.NOFOLLOW_LINKS)) {
      sha256 = Sha256.of(in);
    }
    Files.move(temporary, directory.resolve(name));
    force(directory);
    checkpoint.passed(name + " renamed");
    return new Finished(name, bytes, sha256, writer.rows());
  }

  /** Removes a file for good. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    force(file.getParent());
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
