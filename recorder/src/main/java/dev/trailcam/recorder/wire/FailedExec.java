// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Failed;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;
import java.util.List;

/** An execution that failed: who tried to run what, and why it could not be. */
public final class FailedExec extends RingRecord {
  private final int cwdAt;
  private final int argvAt;
  private final int end;

  FailedExec(ByteBuffer record) throws MalformedRecordException {
    super(record, EventKind.FAILED);
    check(size() >= Failed.LAYOUT.bytes(), Header.SIZE, "cut off after " + size() + " bytes");
    cwdAt = section(Failed.LAYOUT.bytes(), Failed.FILENAME_LEN);
    argvAt = section(cwdAt, Failed.CWD_LEN);
    end = section(argvAt, Failed.ARGV_LEN);
    check(end == size(), Failed.ARGV_LEN, "the sections end at " + end + " of " + size());
    checkClosed(cwdAt, argvAt, Failed.CWD_LEN);
    check(
        u32(Failed.ERROR) >= 1 && u32(Failed.ERROR) <= Integer.MAX_VALUE, Failed.ERROR, "no error");
  }

  /** As in errno(3). */
  public int errno() {
    return (int) u32(Failed.ERROR);
  }

  /** As passed to exec; null when it could not be read, empty when it was. */
  public byte[] filename() {
    return faulted(ReadFault.FILENAME) ? null : bytes(Failed.LAYOUT.bytes(), cwdAt);
  }

  /** Absolute path; null when not known. */
  public byte[] cwd() {
    return WirePath.join(bytes(cwdAt, argvAt), !faulted(ReadFault.CWD));
  }

  /** Arguments as far as they were read; null when none could be. */
  public List<byte[]> argv() {
    return argvAt == end && faulted(ReadFault.ARGV) ? null : parts(argvAt, end);
  }
}
