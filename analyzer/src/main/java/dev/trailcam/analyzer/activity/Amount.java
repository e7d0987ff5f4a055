// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

/**
 * How many there are of a kind, and how many are told of.
 *
 * @param total in the time that is wanted
 * @param told at most the total
 */
public record Amount(long total, long told) {
  public boolean whole() {
    return told == total;
  }
}
