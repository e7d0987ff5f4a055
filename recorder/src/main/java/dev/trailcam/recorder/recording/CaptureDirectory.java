// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.recorder.libbpf.DirectoryHandle;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Creates the directory of a new capture, readable by its owner alone, and holds on to it: the
 * store may belong to somebody whose programs are being recorded.
 */
final class CaptureDirectory {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(OWNER);
  private static final int RANDOM_BYTES = 4;
  private static final int OTHERS_MAY_WRITE = 0022;
  private static final int STICKY = 01000;

  private CaptureDirectory() {}

  /**
   * A directory that is held open.
   *
   * @param path its name when it was made, absolute
   * @param descriptor leads to it whatever its name is by now
   */
  record Held(Path path, int descriptor) {}

  /**
   * Makes {@code STORE/<host>-<UTC>-<random>/} with an empty spool in it.
   *
   * @throws IOException if the store is a link, no directory, or open to everybody; if the
   *     directory cannot be made or is not the one that was made: nothing that exists is ever used
   */
  static Held create(Path store, String host, Instant start) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    refuse(store);
    if (!Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(store, OWNER_ONLY);
    }
    Path directory =
        store
            .toAbsolutePath()
            .resolve(CaptureLayout.directoryName(host, start, HexFormat.of().formatHex(random)));
    Files.createDirectory(directory, OWNER_ONLY);
    int descriptor = DirectoryHandle.open(directory);
    Path held = DirectoryHandle.path(descriptor);
    requireOwn(directory, held);
    Files.createDirectory(held.resolve(CaptureLayout.SPOOL), OWNER_ONLY);
    return new Held(directory, descriptor);
  }

  /** Whether the name still leads to what is held. */
  static boolean isInPlace(Held held) {
    try {
      return Files.isSameFile(held.path(), DirectoryHandle.path(held.descriptor()));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks at the store without making anything.
   *
   * @throws IOException if it is a link, no directory, or open to everybody
   */
  static void refuse(Path store) throws IOException {
    if (Files.isSymbolicLink(store)) {
      throw new FileSystemException(
          store.toString(), null, "is a link; name the directory it leads to");
    }
    if (!Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(store, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          store.toString(), null, "is no directory; choose another with -o");
    }
    int mode = (int) Files.getAttribute(store, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & OTHERS_MAY_WRITE) != 0 && (mode & STICKY) == 0) {
      throw new FileSystemException(
          store.toString(),
          null,
          "others may rename what is in it; chmod go-w it, or name another");
    }
  }

  /** Somebody who may write to the store could have put another in its place by now. */
  private static void requireOwn(Path directory, Path held) throws IOException {
    Map<String, Object> found = Files.readAttributes(held, "unix:uid,permissions");
    int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    boolean empty;
    try (var entries = Files.list(held)) {
      empty = entries.findAny().isEmpty();
    }
    if (!found.get("uid").equals(self) || !found.get("permissions").equals(OWNER) || !empty) {
      throw new FileSystemException(
          directory.toString(), null, "was replaced while it was made; use a store of your own");
    }
  }
}
