// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

/**
 * A name as a directory, or the index of an archive, lists it; nothing of it was opened.
 *
 * @param name within its directory, no path
 * @param kind what the name stands for, the name itself and not where a link leads
 * @param bytes size that is listed for it, from 0; an archive may lie
 * @param changed when it was changed last, in milliseconds since 1970; 0 within archives, whose
 *     files change only with the archive
 */
public record ListedFile(String name, Kind kind, long bytes, long changed) {

  /** The closed set of what a name can stand for. */
  public enum Kind {
    FILE("a file"),
    DIRECTORY("is a directory, not a file"),
    LINK("is a symbolic link, which is not followed"),
    OTHER("is a pipe, socket or device, not a file");

    private final String whatInstead;

    Kind(String whatInstead) {
      this.whatInstead = whatInstead;
    }

    /** Ends a sentence that begins with the name of what should be a file. */
    String whatInstead() {
      return whatInstead;
    }
  }
}
