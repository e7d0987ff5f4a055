// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.evidence.NamePattern;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.Selected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Says what a result was narrowed down to, and what that left out. */
final class SelectionText {
  private SelectionText() {}

  /**
   * A sentence without a full stop; empty where everything was asked for.
   *
   * @param encode makes what the user asked for fit for where the sentence goes
   */
  static Optional<String> sentence(Selected selected, UnaryOperator<String> encode) {
    if (selected.selection().all()) {
      return Optional.empty();
    }
    String left = Headline.count(selected.captures(), "capture") + " not selected";
    if (selected.findings() > 0) {
      left += ", " + Headline.count(selected.findings(), "finding") + " outside of the time";
    }
    return Optional.of("Selected " + criteria(selected.selection(), encode) + "; " + left);
  }

  /** What was asked for, as the options say it. */
  static String criteria(Selection selection, UnaryOperator<String> encode) {
    List<String> parts = new ArrayList<>();
    selection.from().ifPresent(time -> parts.add("from " + time));
    selection.to().ifPresent(time -> parts.add("to " + time));
    names(parts, "host", selection.hosts(), encode);
    names(parts, "project", selection.projects(), encode);
    names(parts, "environment", selection.environments(), encode);
    return String.join(", ", parts);
  }

  private static void names(
      List<String> parts, String what, List<NamePattern> names, UnaryOperator<String> encode) {
    if (!names.isEmpty()) {
      parts.add(
          what
              + " "
              + names.stream()
                  .map(NamePattern::text)
                  .map(encode)
                  .collect(Collectors.joining(" or ")));
    }
  }

  /** The same for programs. */
  static Map<String, Object> document(Selected selected) {
    Selection selection = selected.selection();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("from", selection.from().map(Object::toString).orElse(null));
    document.put("to", selection.to().map(Object::toString).orElse(null));
    document.put("hosts", texts(selection.hosts()));
    document.put("projects", texts(selection.projects()));
    document.put("environments", texts(selection.environments()));
    document.put("captures_not_selected", selected.captures());
    document.put("findings_outside", selected.findings());
    return document;
  }

  private static List<String> texts(List<NamePattern> names) {
    return names.stream().map(NamePattern::text).toList();
  }
}
