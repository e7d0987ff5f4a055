// SPDX-License-Identifier: Apache-2.0
import java.time.Instant;
import java.util.List;

/**
 * A capture to be written.
 *
 * @param number from 0, in the order of the plan
 * @param seed of everything in it that is random
 * @param host number of the machine, from 1
 * @param start when its recording begins
 * @param parts what happens, one after the other; each becomes a segment
 */
record Planned(int number, long seed, int project, int host, Instant start, List<Part> parts) {

  /**
   * A variant, several times in a row.
   *
   * @param times from 1
   */
  record Part(Variant variant, int times) {
    long executions() {
      return (long) variant.rows() * times;
    }
  }

  long executions() {
    return parts.stream().mapToLong(Part::executions).sum();
  }
}
