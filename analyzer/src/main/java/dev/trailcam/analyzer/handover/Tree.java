// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object under construction, in which what is not known has no member. */
final class Tree {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member unless there is nothing to say. */
  Tree with(String name, Object value) {
    Object plain = value instanceof Tree tree ? tree.members : value;
    boolean nothing =
        plain == null
            || (plain instanceof Map<?, ?> map && map.isEmpty())
            || (plain instanceof List<?> list && list.isEmpty());
    if (!nothing) {
      members.put(name, plain);
    }
    return this;
  }

  /** The same where even an empty list says something. */
  Tree withAll(String name, List<?> values) {
    members.put(name, values);
    return this;
  }

  Map<String, Object> map() {
    return members;
  }

  /** Writes it in one line. */
  void line(PrintWriter out) {
    Json.compact(members, out);
    out.print('\n');
  }

  /** Writes it indented, as a document of its own. */
  void document(PrintWriter out) {
    Json.pretty(members, out);
    out.print('\n');
  }
}
