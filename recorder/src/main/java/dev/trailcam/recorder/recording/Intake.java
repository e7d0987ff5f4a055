// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.files.FileExaminer;
import dev.trailcam.recorder.files.FileFacts;
import dev.trailcam.recorder.files.FileKey;
import dev.trailcam.recorder.files.FileRequest;
import dev.trailcam.recorder.files.MissingFacts;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.MalformedRecordException;
import dev.trailcam.recorder.wire.RingRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What happens to each record on its way from the ring to the spool: its secrets are masked, and a
 * file that was not seen before is handed on to be looked into. For the collector's thread.
 */
final class Intake {
  /** How long files that wait to be looked into may hold up the end of a recording. */
  private static final Duration LAST_FILES = Duration.ofSeconds(5);

  private final SpoolFiles spool;
  private final Discretion discretion;
  private final FileExaminer examiner;

  Intake(SpoolFiles spool, Discretion discretion, FileExaminer examiner) {
    this.spool = spool;
    this.discretion = discretion;
    this.examiner = examiner;
  }

  /** Takes a record of the ring. */
  void accept(ByteBuffer record) throws IOException {
    spool.append(FrameKind.EVENT, discretion.apply(record));
    try {
      if (RingRecord.of(record) instanceof ExecEvent event && event.fileKnown()) {
        examine(event);
      }
    } catch (MalformedRecordException e) {
      // The sealer finds the same, and counts it as a loss.
    }
  }

  private void examine(ExecEvent event) throws IOException {
    FileKey key = new FileKey(event.dev(), event.inode(), event.fileSize(), event.ctimeNs());
    if (!examiner.wants(key)) {
      return;
    }
    FileRequest request =
        new FileRequest(key, event.exe(), event.fsMagic(), event.nlink() > 0 && !event.memfd());
    if (!examiner.offer(request)) {
      append(FileFacts.missing(request, MissingFacts.BUSY));
    }
  }

  /** Takes what has been found out about files since the last time. */
  void takeFileFacts() throws IOException {
    examiner.drain(this::append);
  }

  /** Waits for what is still being found out, at most for some seconds, and takes it. */
  void finish() throws IOException {
    examiner.finish(LAST_FILES);
    takeFileFacts();
  }

  private void append(FileFacts facts) throws IOException {
    spool.append(FrameKind.FILE, facts.encode());
  }
}
