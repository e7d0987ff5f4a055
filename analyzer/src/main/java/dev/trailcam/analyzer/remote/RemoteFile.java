// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.remote;

/**
 * A name in a directory of a remote file system.
 *
 * @param name within its directory
 * @param kind what it stands for
 * @param bytes its size, 0 for directories
 * @param changed when it was changed last, in milliseconds since 1970
 */
public record RemoteFile(String name, Kind kind, long bytes, long changed) {

  /** The closed set of what a name can stand for. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }
}
