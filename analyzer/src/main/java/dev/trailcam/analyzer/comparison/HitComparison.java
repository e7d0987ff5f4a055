// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What each rule found on either side. */
final class HitComparison {
  private final Side base;
  private final Side head;
  private final SharedEvidence evidence;

  HitComparison(Side base, Side head, SharedEvidence evidence) {
    this.base = base;
    this.head = head;
    this.evidence = evidence;
  }

  /** Every rule of either side, sorted by id. */
  List<RuleChange> changes() {
    Set<String> ids = new TreeSet<>();
    for (Side side : List.of(base, head)) {
      side.rules().forEach(rule -> ids.add(rule.id()));
      ids.addAll(side.failed());
    }
    return ids.stream().map(this::change).toList();
  }

  private RuleChange change(String id) {
    boolean compared = !base.failed().contains(id) && !head.failed().contains(id);
    List<Hit> gained = new ArrayList<>();
    List<Hit> lost = new ArrayList<>();
    List<RuleChange.Retold> retold = new ArrayList<>();
    long unchanged = 0;
    if (compared) {
      Map<List<Object>, Hit> after = hits(head, id);
      for (Map.Entry<List<Object>, Hit> entry : hits(base, id).entrySet()) {
        Hit before = entry.getValue();
        Hit now = after.remove(entry.getKey());
        if (now == null) {
          lost.add(before);
        } else if (toldAlike(before, now)) {
          unchanged++;
        } else {
          retold.add(new RuleChange.Retold(before, now));
        }
      }
      gained.addAll(after.values());
    }
    return new RuleChange(
        id, base.rule(id), head.rule(id), compared, gained, lost, retold, unchanged);
  }

  private static boolean toldAlike(Hit before, Hit after) {
    return before.reason().equals(after.reason()) && before.severity().equals(after.severity());
  }

  private Map<List<Object>, Hit> hits(Side side, String id) {
    Map<List<Object>, Hit> hits = new LinkedHashMap<>();
    Stream<Hit> comparable = side.hits().stream().filter(hit -> hit.rule().equals(id));
    comparable.filter(evidence::has).forEach(hit -> hits.put(hit.key(), hit));
    return hits;
  }
}
