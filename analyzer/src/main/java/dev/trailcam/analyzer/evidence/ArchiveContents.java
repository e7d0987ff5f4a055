// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.List;

/**
 * Which captures an archive holds. Whoever keeps it can hand it back by {@link KnownEvidence} as
 * long as the archive is unchanged, which then is not opened.
 *
 * @param path the archive, as the user would name it
 * @param fingerprint of the archive's file: size, times of modification and change, inode; on a
 *     remote file system size and time of change
 * @param captures sorted by directory
 * @param problems what is wrong with the archive and with what in it belongs to no capture, sorted
 */
public record ArchiveContents(
    String path, String fingerprint, List<Member> captures, List<EvidenceProblem> problems) {

  /** Makes the lists immutable. */
  public ArchiveContents {
    captures = List.copyOf(captures);
    problems = problems.stream().sorted().distinct().toList();
  }

  /** Whether it holds a capture, or something that should have been one. */
  boolean any() {
    return !captures.isEmpty() || !problems.isEmpty();
  }

  /**
   * A capture in an archive.
   *
   * @param directory its path within the archive, empty for the archive's root; without a leading
   *     or closing slash
   * @param manifestHash SHA-256 of its manifest's bytes
   * @param files what is directly in the directory, sorted by name
   */
  public record Member(String directory, String manifestHash, List<ListedFile> files) {
    /** Makes the list immutable. */
    public Member {
      files = List.copyOf(files);
    }
  }
}
