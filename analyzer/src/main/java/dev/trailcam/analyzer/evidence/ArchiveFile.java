// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** The bytes of an archive, wherever they lie. */
interface ArchiveFile {

  /** The file, as the user would name it. */
  String shown();

  /** Its own name, which says what kind of archive it is. */
  String name();

  /**
   * What does not stay the same when the file changes; empty where nobody can tell. It says nothing
   * of the content.
   */
  String fingerprint();

  /** Opens it for reading; to be closed. */
  SeekableByteChannel open() throws IOException;
}
