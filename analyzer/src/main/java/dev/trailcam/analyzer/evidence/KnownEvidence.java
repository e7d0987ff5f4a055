// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.Optional;

/**
 * What somebody who looked at a store before still knows of it, so that it need not be read anew.
 */
public interface KnownEvidence {
  /** Nothing. */
  KnownEvidence NONE =
      new KnownEvidence() {
        @Override
        public boolean manifest(String sha256) {
          return false;
        }

        @Override
        public Optional<ArchiveContents> archive(String path, String fingerprint) {
          return Optional.empty();
        }
      };

  /**
   * Whether a manifest with this hash was parsed before and need not be now. Asked by several
   * threads at once.
   *
   * @param sha256 of all its bytes, 64 lower-case hexadecimal digits
   */
  boolean manifest(String sha256);

  /**
   * What an archive held when it was opened last.
   *
   * @param path as {@link ArchiveContents#path}
   * @param fingerprint as {@link ArchiveContents#fingerprint}; only what was kept with the very
   *     same is an answer
   */
  Optional<ArchiveContents> archive(String path, String fingerprint);
}
