// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import dev.trailcam.recorder.libbpf.FileOpener;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What was found out about an executed file.
 *
 * @param path as it was asked for; null when not known or longer than 4095 bytes
 * @param sha256 of the whole content, 32 bytes; null when missing
 * @param buildId NT_GNU_BUILD_ID, 1 to 64 bytes; null when the file has none, or when {@code
 *     needed} is null too: not known
 * @param needed DT_NEEDED in the file's order, at most 512 names; empty when it links nothing
 *     dynamically; null when not known
 * @param interpreter PT_INTERP, usually the dynamic loader, at most 4095 bytes; null as {@code
 *     buildId} is
 * @param why what is missing; null when everything is known. Where two reasons apply, as for a
 *     malformed ELF file that is also too large, the one about the ELF facts
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; bytes as they came
public record FileFacts(
    FileKey key,
    byte[] path,
    byte[] sha256,
    byte[] buildId,
    List<byte[]> needed,
    byte[] interpreter,
    MissingFacts why) {

  /** Nothing but the reason. */
  public static FileFacts missing(FileRequest request, MissingFacts why) {
    return new FileFacts(request.key(), keptPath(request), null, null, null, null, why);
  }

  /** The path; null when there is none, or one longer than the kernel takes. */
  static byte[] keptPath(FileRequest request) {
    byte[] path = request.path();
    boolean none = path == null || path.length == 0 || path.length > FileOpener.MAX_PATH_BYTES;
    return none ? null : path;
  }

  /** The payload of a frame of the spool; little-endian. */
  public ByteBuffer encode() {
    return FileFactsFormat.encode(this);
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedRecordException if the bytes are something else
   */
  public static FileFacts decode(ByteBuffer payload) throws MalformedRecordException {
    return new FileFactsFormat(payload).read();
  }
}
