// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which program an image runs, for the images that were seen last. Most images run a program that
 * others run too, so programs are shared and weighed once.
 */
final class ImageTable {
  static final long DEFAULT_WEIGHT = 64L << 20;

  private static final long ENTRY_BYTES = 80;
  private static final float LOAD_FACTOR = 0.75f;

  private final long maxWeight;
  private final LinkedHashMap<Long, Program> byImage =
      new LinkedHashMap<>(1 << 12, LOAD_FACTOR, true);
  private final Map<Program, Shared> programs = new HashMap<>();
  private long weight;

  /**
   * An empty table.
   *
   * @param maxWeight about how many bytes it may take
   */
  ImageTable(long maxWeight) {
    this.maxWeight = maxWeight;
  }

  void put(long image, Program program) {
    remove(image);
    Shared shared = programs.get(program);
    if (shared == null) {
      shared = new Shared(program);
      programs.put(program, shared);
      weight += program.weight();
    }
    shared.images++;
    byImage.put(image, shared.program);
    weight += ENTRY_BYTES;
    while (weight > maxWeight) {
      remove(byImage.keySet().iterator().next());
    }
  }

  /** The program; null when the image is not known, or was not asked for in a long time. */
  Program get(long image) {
    return byImage.get(image);
  }

  long weight() {
    return weight;
  }

  private void remove(long image) {
    Program program = byImage.remove(image);
    if (program == null) {
      return;
    }
    weight -= ENTRY_BYTES;
    Shared shared = programs.get(program);
    shared.images--;
    if (shared.images == 0) {
      programs.remove(program);
      weight -= program.weight();
    }
  }

  private static final class Shared {
    private final Program program;
    private int images;

    Shared(Program program) {
      this.program = program;
    }
  }
}
