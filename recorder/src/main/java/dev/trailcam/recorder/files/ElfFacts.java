// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.util.List;

/**
 * What an ELF file says of itself.
 *
 * @param buildId NT_GNU_BUILD_ID; null when it has none
 * @param needed DT_NEEDED in the file's order; empty when it links nothing dynamically
 * @param interpreter PT_INTERP without its NUL; null when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ElfFacts(byte[] buildId, List<byte[]> needed, byte[] interpreter) {
  static final int MAX_BUILD_ID_BYTES = 64;
  static final int MAX_NEEDED = 512;

  /**
   * Of all names together; the most among 2,802 ELF files of a Debian 12 are 1,211, of 56 names.
   */
  static final int MAX_NEEDED_BYTES = 16 << 10;

  /** PATH_MAX without the NUL, which the kernel enforces (fs/binfmt_elf.c). */
  static final int MAX_INTERPRETER_BYTES = 4095;
}
