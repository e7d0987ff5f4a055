// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.SpoolWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The spool as one endless file: begins a new one when the current is worth a segment of its own,
 * and hands the full one on to be sealed. Not thread-safe.
 */
final class SpoolFiles {
  /** Segments of fewer rows are larger for each row and slower to query. */
  private static final long FULL_EVENTS = 131_072;

  private final Path directory;
  private final String captureId;
  private final Keeping keeping;
  private final Consumer<Path> whenFull;
  private SpoolWriter writer;
  private int number;
  private long events;
  private long begunNs;

  /**
   * Begins the first spool file.
   *
   * @param capture the capture's directory
   * @param keeping when a file is full
   * @param whenFull gets each file that will not change any more, in order
   */
  SpoolFiles(
      Path capture, String captureId, ClockReading now, Keeping keeping, Consumer<Path> whenFull)
      throws IOException {
    this.directory = capture.resolve(CaptureLayout.SPOOL);
    this.captureId = captureId;
    this.keeping = keeping;
    this.whenFull = whenFull;
    begin(now);
  }

  private void begin(ClockReading now) throws IOException {
    writer = SpoolWriter.create(directory, ++number, captureId);
    events = 0;
    begunNs = now.monotonicNs();
  }

  void append(FrameKind kind, ByteBuffer payload) throws IOException {
    writer.append(kind, payload);
    if (kind == FrameKind.EVENT) {
      events++;
    }
  }

  /** Hands what was appended to the operating system: it survives the death of this process. */
  void flush() throws IOException {
    writer.flush();
  }

  /** Forces what was flushed to the disk: it survives a power cut. */
  void sync() throws IOException {
    writer.sync();
  }

  void rollIfFull(ClockReading now) throws IOException {
    boolean full =
        events >= FULL_EVENTS
            || writer.bytes() >= keeping.segmentBytes()
            || (events > 0 && now.monotonicNs() - begunNs >= keeping.segmentEvery().toNanos());
    if (full) {
      finish();
      begin(now);
    }
  }

  /** Closes the current file and hands it on. */
  void finish() throws IOException {
    writer.close();
    whenFull.accept(directory.resolve(CaptureLayout.spoolName(number)));
  }
}
