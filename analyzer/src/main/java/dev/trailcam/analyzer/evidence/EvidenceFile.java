// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file from outside, touched only after it was seen to be a regular one. */
final class EvidenceFile {

  private EvidenceFile() {}

  /** What the name stands for, the name itself and not where a link leads. */
  static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  static ListedFile.Kind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return ListedFile.Kind.LINK;
    }
    if (attributes.isDirectory()) {
      return ListedFile.Kind.DIRECTORY;
    }
    return attributes.isRegularFile() ? ListedFile.Kind.FILE : ListedFile.Kind.OTHER;
  }

  /**
   * Reads a stream to its end.
   *
   * @throws IOException if there is more than the limit, which is less than 2 GiB
   */
  static byte[] readAll(InputStream in, long limit) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
    if (bytes.length > limit) {
      throw new IOException("larger than " + (limit >> 20) + " MiB, this is no manifest");
    }
    return bytes;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Sha256.of(in);
    }
  }

  /** Why it failed, without the file's name, which the caller says anyway. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
