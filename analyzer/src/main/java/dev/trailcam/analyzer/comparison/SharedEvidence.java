// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The captures that both sides looked at. Only findings in those can be gained or lost; saved
 * results may be about different ones.
 */
final class SharedEvidence {
  private final Set<String> shared = new HashSet<>();
  private final Set<String> doubts = new LinkedHashSet<>();

  SharedEvidence(Side base, Side head) {
    Map<String, CaptureState> before = byId(base);
    Map<String, CaptureState> after = byId(head);
    before.forEach(
        (id, capture) -> {
          CaptureState other = after.get(id);
          if (other == null) {
            doubts.add("capture " + id + " was looked at by the base only");
          } else if (!other.headSha256().equals(capture.headSha256())) {
            doubts.add("capture " + id + " is not the same evidence on both sides");
          } else {
            shared.add(id);
          }
        });
    after.keySet().stream()
        .filter(id -> !before.containsKey(id))
        .forEach(id -> doubts.add("capture " + id + " was looked at by the head only"));
    if (shared.isEmpty()) {
      doubts.add("there is no capture that both sides looked at");
    }
    incomplete("base", base);
    incomplete("head", head);
    if (base.executions() != head.executions() && doubts.isEmpty()) {
      doubts.add(
          "the base looked at "
              + base.executions()
              + " executions, the head at "
              + head.executions());
    }
  }

  private static Map<String, CaptureState> byId(Side side) {
    Map<String, CaptureState> captures = new TreeMap<>();
    side.captures().forEach(capture -> captures.put(capture.id(), capture));
    return captures;
  }

  private void incomplete(String which, Side side) {
    doubts.addAll(side.evidenceProblems());
    if (!side.evidenceWhole() && side.evidenceProblems().isEmpty()) {
      doubts.add("the evidence of the " + which + " is incomplete");
    }
  }

  boolean has(Hit hit) {
    return shared.contains(hit.captureId());
  }

  /** Why nothing can be said for sure; empty if all of it can. */
  List<String> doubts() {
    return new ArrayList<>(doubts);
  }
}
