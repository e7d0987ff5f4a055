// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.MarkdownText.code;
import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.SuppressionUse;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The part of a report that says what was suppressed, and what to tell the owners. */
public final class SuppressionReport {
  private static final int MAX_ITEMS = 20;
  private static final int LONG = 600;
  private static final int SHORT = 160;

  private final ReplayResult result;
  private final boolean all;
  private final long total;
  private final Map<String, List<Finding>> suppressed = new LinkedHashMap<>();
  private final Set<String> openIncidents = new HashSet<>();

  /**
   * The part of this result.
   *
   * @param all whether every suppressed finding is to be listed; those that belong to an incident
   *     of which something is open always are
   */
  SuppressionReport(ReplayResult result, boolean all) {
    this(result, all, result.suppressed());
  }

  /**
   * The same of a result that does not list everything.
   *
   * @param total how many findings are suppressed, listed or not
   */
  SuppressionReport(ReplayResult result, boolean all, long total) {
    this.result = result;
    this.all = all;
    this.total = total;
    for (Finding finding : result.findings()) {
      if (finding.open()) {
        openIncidents.add(finding.incident());
      } else {
        suppressed
            .computeIfAbsent(finding.suppression().orElseThrow().id(), id -> new ArrayList<>())
            .add(finding);
      }
    }
  }

  /** What owners should be told, one sentence each; it is not encoded. */
  public static List<String> warnings(Suppressions suppressions) {
    return SuppressionDocuments.warnings(suppressions);
  }

  void table(Page page) {
    List<SuppressionUse> uses =
        result.suppressions().uses().stream().filter(use -> use.applied() > 0).toList();
    if (!uses.isEmpty()) {
      page.blank();
      page.line(0, page.style().bold("Suppressed: " + counted()));
      uses.forEach(use -> entry(use, page));
    }
    List<String> warnings = warnings(result.suppressions());
    if (!warnings.isEmpty()) {
      page.blank();
      page.line(0, page.style().warning("Suppressions to look at"));
      warnings.forEach(warning -> page.line(2, plain(warning)));
    }
    if (!result.suppressions().problems().isEmpty()) {
      page.blank();
      page.line(0, page.style().warning("Suppressions that are not heeded"));
      for (RuleProblem problem : result.suppressions().problems()) {
        page.line(2, plain(problem.toString()));
      }
    }
  }

  private String counted() {
    return Headline.count(total, "finding");
  }

  private void entry(SuppressionUse use, Page page) {
    Suppression entry = use.entry();
    page.blank();
    page.line(2, page.style().bold(entry.id()) + ": " + use.applied() + " of " + entry.rule());
    page.labelledProse(4, "reason", plain(entry.reason()));
    page.labelledProse(4, "owner", plain(entry.owner()));
    page.labelled(4, "expires", SuppressionDocuments.time(entry.expiresUs()));
    for (Finding finding : suppressed.getOrDefault(entry.id(), List.of())) {
      boolean open = openIncidents.contains(finding.incident());
      if (all || open) {
        Execution execution = finding.execution();
        page.line(
            4,
            Times.utc(execution.tsNs())
                + "  "
                + plain(execution.host())
                + "  pid "
                + execution.pid()
                + "  "
                + ReplayTable.command(execution)
                + page.style().dim("  finding " + finding.id())
                + (open ? page.style().warning(" (part of an open incident)") : ""));
      }
    }
  }

  void markdown(Consumer<String> line) {
    List<SuppressionUse> uses =
        result.suppressions().uses().stream().filter(use -> use.applied() > 0).toList();
    section("Suppressed: " + counted(), uses.stream().map(this::entry).toList(), line);
    section(
        "Suppressions to look at",
        warnings(result.suppressions()).stream().map(warning -> code(warning, LONG)).toList(),
        line);
    section(
        "Suppressions that are not heeded",
        result.suppressions().problems().stream()
            .map(problem -> code(problem.toString(), LONG))
            .toList(),
        line);
  }

  private String entry(SuppressionUse use) {
    Suppression entry = use.entry();
    long open =
        suppressed.getOrDefault(entry.id(), List.of()).stream()
            .filter(finding -> openIncidents.contains(finding.incident()))
            .count();
    return code(entry.id(), SHORT)
        + ": "
        + use.applied()
        + " of "
        + code(entry.rule(), SHORT)
        + (open == 0 ? "" : ", **" + open + " of them part of an open incident**")
        + ", owner "
        + code(entry.owner(), SHORT)
        + ", until "
        + SuppressionDocuments.time(entry.expiresUs())
        + ": "
        + code(entry.reason(), LONG);
  }

  private static void section(String heading, List<String> items, Consumer<String> line) {
    if (items.isEmpty()) {
      return;
    }
    line.accept("");
    line.accept("### " + heading);
    line.accept("");
    items.stream().limit(MAX_ITEMS).forEach(item -> line.accept("- " + item));
    if (items.size() > MAX_ITEMS) {
      line.accept(
          "- and " + (items.size() - MAX_ITEMS) + " more: `trailcam replay --format json` has all");
    }
  }
}
