// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What retention has removed of a capture, as its manifest tells. */
final class Removals {
  private Removals() {}

  /** What is gone on purpose is told as one thing for each reason, and not file by file. */
  static List<EvidenceProblem> problems(String shown, Manifest manifest) {
    List<EvidenceProblem> problems = new ArrayList<>();
    Map<String, Long> rows = new HashMap<>();
    manifest.segments().forEach(segment -> rows.put(segment.file(), segment.rows()));
    for (Map.Entry<String, Set<String>> removed : removedByReason(manifest).entrySet()) {
      long total = 0;
      for (String file : removed.getValue()) {
        total += Math.max(0, Math.min(rows.get(file), Long.MAX_VALUE - total));
      }
      problems.add(
          new EvidenceProblem(
              shown + "/" + CaptureLayout.MANIFEST,
              EvidenceProblem.Kind.EXPIRED,
              removed.getValue().size()
                  + " segments with "
                  + total
                  + " rows were removed by retention ("
                  + removed.getKey()
                  + ")"));
    }
    return problems;
  }

  private static Map<String, Set<String>> removedByReason(Manifest manifest) {
    Map<String, Set<String>> files = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (ManifestEntry.Expired removal : manifest.removals()) {
      String reason = removal.reason() == null ? "no reason given" : removal.reason();
      for (String file : removal.files()) {
        if (seen.add(file)) {
          files.computeIfAbsent(reason, key -> new HashSet<>()).add(file);
        }
      }
    }
    return files;
  }
}
