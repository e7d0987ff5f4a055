// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which findings are one event to whoever looks into them: one start of {@code tshark} executes
 * {@code dumpcap} several times. A finding belongs to an earlier one of the same process, or of an
 * ancestor of it, if their rules share an ATT&CK technique; of several the nearest counts.
 */
public final class Incidents {
  private static final Comparator<Finding> AS_IT_HAPPENED =
      Comparator.comparing((Finding finding) -> finding.execution().tsNs())
          .thenComparing(finding -> finding.execution().execId())
          .thenComparing(finding -> finding.rule().id());

  /** What a process is suspected of. */
  private record Suspicion(String processId, String technique) {}

  private final Map<Suspicion, String> incidents = new HashMap<>();

  private Incidents() {}

  /** The same findings, each with its incident, in another order. */
  public static List<Finding> grouped(List<Finding> findings) {
    Incidents incidents = new Incidents();
    return findings.stream().sorted(AS_IT_HAPPENED).map(incidents::place).toList();
  }

  private Finding place(Finding finding) {
    List<String> processes = new ArrayList<>();
    processes.add(finding.execution().processId());
    finding.execution().ancestors().forEach(ancestor -> processes.add(ancestor.processId()));
    String incident = finding.execution().execId();
    search:
    for (String process : processes) {
      for (String technique : techniques(finding)) {
        String known = incidents.get(new Suspicion(process, technique));
        if (known != null) {
          incident = known;
          break search;
        }
      }
    }
    for (String technique : techniques(finding)) {
      incidents.putIfAbsent(new Suspicion(processes.get(0), technique), incident);
    }
    return finding.in(incident);
  }

  /** A rule without a technique is like no other. */
  private static List<String> techniques(Finding finding) {
    List<String> techniques = finding.rule().techniques();
    return techniques.isEmpty() ? List.of(finding.rule().id()) : techniques;
  }
}
