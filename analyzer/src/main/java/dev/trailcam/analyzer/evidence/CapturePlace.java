// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory of one capture, wherever it lies. Safe for several threads as long as each place is
 * used by one at a time.
 */
interface CapturePlace {

  /** The directory, as the user would name it. */
  String shown();

  /** What is directly in it, sorted by name. */
  List<ListedFile> list() throws IOException;

  /** What is directly in one of its directories, sorted by name. */
  List<ListedFile> list(String directory) throws IOException;

  /**
   * The whole content of a file.
   *
   * @throws IOException if it is no regular file, cannot be read or is larger than the limit; the
   *     message ends a sentence that begins with its name
   */
  byte[] read(String name, long limit) throws IOException;

  /**
   * What the manifest says.
   *
   * @param hash what it must have, as it had when it was looked at
   * @throws IOException if it cannot be read or has changed; the message does not name it
   */
  default Manifest manifest(String hash) throws IOException {
    byte[] bytes = read(CaptureLayout.MANIFEST, CaptureEntry.MAX_MANIFEST_BYTES);
    if (!Sha256.of(bytes).equals(hash)) {
      throw changed();
    }
    return CaptureEntry.parse(bytes);
  }

  /** Why there is no manifest where there was one. */
  static IOException changed() {
    return new IOException("has changed since it was looked at; run again");
  }

  /** Says which files will be fetched, for places that get many at once more cheaply. */
  default void expect(Manifest manifest) {}

  /**
   * Hashes a regular file and makes it one that can be opened by its path.
   *
   * @param limit no more bytes than this and one are hashed or copied
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read; the message does not name it
   */
  Fetched fetch(String name, long limit, PrivateCopies copies) throws IOException;

  /**
   * A file that was hashed.
   *
   * @param path absolute, of a regular file with the bytes that were hashed
   * @param bytes how many these were
   * @param sha256 64 lower-case hexadecimal digits
   */
  record Fetched(Path path, long bytes, String sha256) {}
}
