// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CaptureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/** Creates the directory of a new capture, readable by its owner alone. */
final class CaptureDirectory {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int RANDOM_BYTES = 4;

  private CaptureDirectory() {}

  /**
   * Makes {@code STORE/<host>-<UTC>-<random>/} with an empty spool in it.
   *
   * @throws IOException if it cannot be made; nothing that exists is ever used
   */
  static Path create(Path store, String host, Instant start) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createDirectories(store);
    Path directory =
        store.resolve(CaptureLayout.directoryName(host, start, HexFormat.of().formatHex(random)));
    Files.createDirectory(directory, OWNER_ONLY);
    Files.createDirectory(directory.resolve(CaptureLayout.SPOOL), OWNER_ONLY);
    return directory;
  }
}
