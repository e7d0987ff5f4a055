// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

/** One of the tables that a SELECT reads from, under the name it has there. */
final class Source {
  private final String name;
  private final Output output;
  private Source tied = this;
  private boolean certain = true;
  private boolean hidden;
  private boolean merged;

  Source(String name, Output output) {
    this.name = name;
    this.output = output;
  }

  String name() {
    return name;
  }

  Output output() {
    return output;
  }

  boolean owned() {
    return output.owned();
  }

  /** Whether its exec_id cannot be missing in a row. */
  boolean certain() {
    return certain;
  }

  /** Stands on the side of an outer join that may have no row. */
  void mayBeMissing() {
    certain = false;
  }

  /** The right side of a semi or an anti join cannot be named behind it. */
  void hide() {
    hidden = true;
  }

  boolean hidden() {
    return hidden;
  }

  /** USING makes one column of two. */
  void merge() {
    merged = true;
  }

  boolean merged() {
    return merged;
  }

  /** Stands for all sources whose exec_id is the same in each row that is left. */
  Source group() {
    Source top = this;
    while (top.tied != top) {
      top = top.tied;
    }
    return top;
  }

  void tie(Source other) {
    group().tied = other.group();
  }
}
