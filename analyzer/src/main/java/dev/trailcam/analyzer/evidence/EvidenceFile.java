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

  /** Ends a sentence that begins with the file's name. */
  static String whatInstead(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "is a symbolic link, which is not followed";
    }
    return attributes.isDirectory()
        ? "is a directory, not a file"
        : "is a pipe, socket or device, not a file";
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
