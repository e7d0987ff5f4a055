// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps one of values that are equal: thousands of findings may tell of one command. */
final class Repeated {
  private final Map<Object, Object> known = new HashMap<>();

  /** The one that came first; null for null. */
  String one(String text) {
    return (String) known(text);
  }

  /** The same for a list, which nobody may change. */
  @SuppressWarnings("unchecked") // equal lists have equal elements
  <T> List<T> one(List<T> list) {
    return (List<T>) known(list);
  }

  /** The same for a record. */
  @SuppressWarnings("unchecked") // equal records are of one type
  <T extends Record> T one(T value) {
    return (T) known(value);
  }

  private Object known(Object value) {
    Object first = value == null ? null : known.putIfAbsent(value, value);
    return first == null ? value : first;
  }
}
