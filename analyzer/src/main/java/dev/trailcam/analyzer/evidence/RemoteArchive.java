// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.remote.RemoteDirectory;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * An archive on a remote file system.
 *
 * @param directory where it lies
 * @param file as it was listed there
 */
record RemoteArchive(RemoteDirectory directory, ListedFile file, String shown)
    implements ArchiveFile {

  @Override
  public String name() {
    return file.name();
  }

  /** All that such file systems say of a file. */
  @Override
  public String fingerprint() {
    return "size=" + file.bytes() + ", changed=" + file.changed();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    return directory.open(file.name(), file.bytes());
  }
}
