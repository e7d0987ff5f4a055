// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.util.Locale;

/**
 * Why facts about an executed file are missing. The names are part of the capture format, the codes
 * of the spool's: neither ever changes.
 */
public enum MissingFacts {
  MEMFD_OR_DELETED(1, "No path leads to the file: it lives in memory only or was deleted."),
  NO_PATH(2, "The file's path is not known whole, or is longer than the kernel takes."),
  REMOTE_FILE_SYSTEM(3, "The file is not on a file system known to be this machine's own."),
  NOT_CACHED(
      4, "Looking could have meant waiting: the path was not at hand, mostly since it is gone."),
  GONE(5, "Nothing was at the path by then, or it means nothing outside the program's container."),
  ANOTHER_FILE(6, "Another file was at the path by then, or is there outside the container."),
  CHANGED(7, "The file was changed after it was executed."),
  NOT_REGULAR(8, "What was executed is no regular file."),
  NOT_PERMITTED(9, "The recorder was not allowed to read the file."),
  TOO_LARGE(10, "The file is larger than what is digested."),
  TOO_SLOW(11, "Reading the file took too long."),
  NOT_ELF(12, "The file is no ELF program, so that only its digest is known."),
  MALFORMED_ELF(13, "The file's ELF headers contradict themselves, or it ends before they do."),
  IO_ERROR(14, "The file could not be read."),
  BUSY(15, "Too many files waited to be examined."),
  FAILED(16, "The recorder made a mistake with this file.");

  private final byte code;
  private final String sentence;

  MissingFacts(int code, String sentence) {
    this.code = (byte) code;
    this.sentence = sentence;
  }

  /** The name in captures. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, for people. */
  public String sentence() {
    return sentence;
  }

  /**
   * Whether another attempt, at the next execution, may find what this one did not: the machine was
   * slow, or the path led nowhere.
   */
  boolean maySucceedLater() {
    return switch (this) {
      case NOT_CACHED, GONE, ANOTHER_FILE, TOO_SLOW, IO_ERROR, BUSY -> true;
      default -> false;
    };
  }

  byte code() {
    return code;
  }

  /** The reason with this code, or null. */
  static MissingFacts of(byte code) {
    for (MissingFacts why : values()) {
      if (why.code == code) {
        return why;
      }
    }
    return null;
  }
}
