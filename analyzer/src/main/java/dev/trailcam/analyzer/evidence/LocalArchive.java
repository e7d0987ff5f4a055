// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An archive on this machine.
 *
 * @param path its real path
 */
record LocalArchive(Path path, String shown) implements ArchiveFile {

  @Override
  public String name() {
    return path.toString();
  }

  /** Nobody changes a file without changing one of these. */
  @Override
  public String fingerprint() {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(
              path, "unix:size,lastModifiedTime,ctime,ino", LinkOption.NOFOLLOW_LINKS);
      return new TreeMap<>(attributes).toString();
    } catch (IOException e) {
      // Reading it will say what is wrong.
      return "";
    }
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }
}
