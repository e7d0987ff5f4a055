// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.yaml;

import java.util.List;

/** A value in a YAML document. Only what JSON also has: no tags, no aliases, keys are text. */
public sealed interface YamlValue {

  /** Line it begins in, from 1. */
  int line();

  /** What a scalar is without quotation marks around it. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /**
   * A single value.
   *
   * @param text as it is written, without quotation marks
   */
  record Scalar(int line, Kind kind, String text) implements YamlValue {}

  /** A list. */
  record Sequence(int line, List<YamlValue> items) implements YamlValue {
    /** Makes the list immutable. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A map as it is written: in its order, a key that is there twice is twice. */
  record Mapping(int line, List<Entry> entries) implements YamlValue {
    /** Makes the list immutable. */
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One entry of a map.
   *
   * @param line line of the key
   */
  record Entry(int line, String key, YamlValue value) {}
}
