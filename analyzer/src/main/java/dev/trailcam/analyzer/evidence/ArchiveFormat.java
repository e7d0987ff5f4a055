// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of archives that are looked into, told by their names. */
enum ArchiveFormat {
  ZIP(".zip", ".zip"),
  TAR(".tar", ".tar"),
  TAR_GZIP(".tar.gz", ".tgz"),
  TAR_ZSTD(".tar.zst", ".tzst");

  private final String suffix;
  private final String shortSuffix;

  ArchiveFormat(String suffix, String shortSuffix) {
    this.suffix = suffix;
    this.shortSuffix = shortSuffix;
  }

  /** What a file is by its name, in whatever case it is written. */
  static Optional<ArchiveFormat> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> lower.endsWith(format.suffix) || lower.endsWith(format.shortSuffix))
        .findFirst();
  }
}
