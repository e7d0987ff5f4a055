// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

/**
 * A program header.
 *
 * @param type PT_LOAD and the like; what means nothing here is not kept
 * @param offset of its bytes in the file
 * @param address where the loader puts them, unsigned
 * @param fileBytes how many there are in the file
 * @param align p_align, unsigned
 */
record ElfSegment(int type, long offset, long address, long fileBytes, long align) {
  // elf(5)
  static final int LOAD = 1;
  static final int DYNAMIC = 2;
  static final int INTERPRETER = 3;
  static final int NOTE = 4;

  boolean holds(long place) {
    return Long.compareUnsigned(place - address, fileBytes) < 0;
  }
}
