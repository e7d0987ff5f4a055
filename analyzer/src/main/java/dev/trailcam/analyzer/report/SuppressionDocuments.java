// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.Breadth;
import dev.trailcam.analyzer.findings.SuppressionUse;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Suppressions as trees for {@link Json}; see {@link Documents}. */
final class SuppressionDocuments {
  private static final long NS_PER_US = 1000;

  private SuppressionDocuments() {}

  /** What a suppressed finding carries; null for one that is open. */
  static Map<String, Object> mark(Optional<Suppression> suppression) {
    if (suppression.isEmpty()) {
      return null;
    }
    Suppression entry = suppression.get();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", entry.id());
    document.put("owner", entry.owner());
    document.put("reason", entry.reason());
    document.put("expires", time(entry.expiresUs()));
    return document;
  }

  static Map<String, Object> all(Suppressions suppressions) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("files", suppressions.files());
    document.put("entries", suppressions.uses().stream().map(SuppressionDocuments::use).toList());
    document.put("problems", suppressions.problems().stream().map(Documents::ruleProblem).toList());
    return document;
  }

  private static Map<String, Object> use(SuppressionUse use) {
    Suppression entry = use.entry();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", entry.id());
    document.put("rule", entry.rule());
    document.put("rule_state", use.rule().id());
    document.put("file", entry.file());
    document.put("line", entry.line());
    document.put("where", entry.where());
    document.put("owner", entry.owner());
    document.put("reason", entry.reason());
    document.put("starts", entry.startsUs().isEmpty() ? null : time(entry.startsUs().getAsLong()));
    document.put("expires", time(entry.expiresUs()));
    document.put("applied", use.applied());
    document.put("covered", use.covered());
    document.put("expired", use.expired());
    document.put("early", use.early());
    document.put("never_used", use.neverUsed());
    document.put("broad", use.broad().stream().map(SuppressionDocuments::breadth).toList());
    document.put("warnings", use.warnings().stream().map(SuppressionDocuments::warning).toList());
    return document;
  }

  private static Map<String, Object> breadth(Breadth breadth) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", breadth.kind().id());
    document.put("message", breadth.message());
    return document;
  }

  private static Map<String, Object> warning(SuppressionUse.Warning warning) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", warning.kind().id());
    document.put("message", warning.message());
    return document;
  }

  /** Microseconds since 1970. */
  static String time(long micros) {
    return Times.utc(micros * NS_PER_US);
  }

  /** What owners should be told, each as a sentence of unencoded text. */
  static List<String> warnings(Suppressions suppressions) {
    return suppressions.uses().stream()
        .flatMap(use -> use.warnings().stream().map(warning -> sentence(use.entry(), warning)))
        .toList();
  }

  private static String sentence(Suppression entry, SuppressionUse.Warning warning) {
    return entry.file()
        + ":"
        + entry.line()
        + ": "
        + entry.id()
        + " "
        + warning.message()
        + " (owner: "
        + entry.owner()
        + ")";
  }
}
