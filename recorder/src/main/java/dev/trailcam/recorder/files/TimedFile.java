// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import dev.trailcam.recorder.libbpf.FileHandle;
import java.io.IOException;

/** An open file that stops answering when its time is up. One read may still take longer. */
final class TimedFile implements ByteSource {
  private final FileHandle file;
  private final long size;
  private final long deadline;

  /**
   * @param deadline of {@link System#nanoTime}
   */
  TimedFile(FileHandle file, long size, long deadline) {
    this.file = file;
    this.size = size;
    this.deadline = deadline;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(byte[] into, int length, long at) throws IOException {
    if (System.nanoTime() - deadline >= 0) {
      throw new FactsMissingException(MissingFacts.TOO_SLOW, "out of time at byte " + at);
    }
    return file.read(into, length, at);
  }
}
