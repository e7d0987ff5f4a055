// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * A line of a file whose lines are chained: each carries the hash of the one before and ends in a
 * check of itself.
 *
 * @param <E> the lines that such a file may hold
 */
interface ChainEntry<E> {
  /** SHA-256 of the line before, without its line feed; null in the first line. */
  String prev();

  /** The same entry, chained to a line with this hash. */
  E withPrev(String hash);
}
