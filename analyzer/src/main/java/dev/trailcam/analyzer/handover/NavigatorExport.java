// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.AttackCatalogue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A layer of the ATT&amp;CK Navigator, format 4.5: the techniques of open findings, scored by how
 * many there are. What has no colour was not found, which is not the same as not there: the
 * description says whether anything is missing.
 */
final class NavigatorExport {
  private static final String LAYER = "4.5";
  private static final String NAVIGATOR = "5.1.0";
  private static final List<String> COLOURS = List.of("#ffe0b2", "#d84315");

  private final Dossier dossier;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final Map<String, SortedSet<String>> rules = new TreeMap<>();

  NavigatorExport(Dossier dossier) {
    this.dossier = dossier;
    for (DossierFinding finding : dossier.findings()) {
      if (finding.open()) {
        count(finding);
      }
    }
  }

  private void count(DossierFinding finding) {
    finding.rule().techniques().stream()
        .filter(Techniques::is)
        .distinct()
        .forEach(
            id -> {
              counts.merge(id, 1L, Long::sum);
              rules
                  .computeIfAbsent(id, key -> new TreeSet<>())
                  .add(TerminalText.plain(finding.rule().id()));
            });
  }

  void write(PrintWriter out) {
    List<Object> techniques = new ArrayList<>();
    counts.forEach((id, count) -> techniques.add(technique(id, count)));
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    new Tree()
        .with("name", "Trailcam: " + dossier.verdict().id())
        .with(
            "versions",
            new Tree()
                .with("attack", major(AttackCatalogue.VERSION))
                .with("navigator", NAVIGATOR)
                .with("layer", LAYER))
        .with("domain", "enterprise-attack")
        .with("description", TerminalText.plain(dossier.headline()))
        .with("filters", new Tree().with("platforms", List.of("Linux", "Containers")))
        .with("sorting", 3)
        .withAll("techniques", techniques)
        .with(
            "gradient",
            new Tree()
                .with("colors", COLOURS)
                .with("minValue", 0)
                .with("maxValue", Math.max(1, most)))
        .with("metadata", metadata())
        .document(out);
  }

  private Map<String, Object> technique(String id, long count) {
    return new Tree()
        .with("techniqueID", id)
        .with("score", count)
        .with("enabled", true)
        .with("comment", "found by " + String.join(", ", rules.get(id)))
        .with("showSubtechniques", !id.equals(Techniques.whole(id)))
        .map();
  }

  private List<Object> metadata() {
    return List.of(
        datum("evidence complete", Boolean.toString(dossier.complete())),
        datum("not as it should be", Integer.toString(dossier.gaps().size())),
        datum("tool", TerminalText.plain(dossier.tool())));
  }

  private static Map<String, Object> datum(String name, String value) {
    return new Tree().with("name", name).with("value", value).map();
  }

  private static String major(String version) {
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }
}
