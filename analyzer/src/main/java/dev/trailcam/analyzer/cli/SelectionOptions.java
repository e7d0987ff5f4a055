// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.evidence.NamePattern;
import dev.trailcam.analyzer.evidence.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of the captures that were named are wanted. */
final class SelectionOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only what happened at TIME or later: 2026-11-22T04:00:00Z, a date (00:00 UTC), or T-7d,"
              + " T-12h for so long before now.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only what happened before TIME, written likewise.")
  private String to;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "The same as --from T-AGE, such as --since 7d.")
  private String since;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only captures of this machine; a glob such as 'runner-*' fits several.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--project",
      paramLabel = "PATH",
      description = "Only captures of this CI project; 'group/*' and 'group/**' fit several.")
  private List<String> projects = new ArrayList<>();

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "Only captures of this environment: ci, staging or production. Each of the last three may"
              + " be given several times.")
  private List<String> environments = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * What the options say. Relative times become absolute ones by the moment that is given, so that
   * the result can name them.
   */
  Selection selection(Instant now) {
    if (from != null && since != null) {
      throw usage("--since", "and --from exclude each other");
    }
    Optional<Instant> first =
        since == null ? time("--from", from, now) : Optional.of(ago(since, now));
    Optional<Instant> last = time("--to", to, now);
    if (first.isPresent() && last.isPresent() && !first.get().isBefore(last.get())) {
      throw usage("--to", "must be later than " + (since == null ? "--from" : "--since"));
    }
    return new Selection(
        first,
        last,
        patterns("--host", hosts),
        patterns("--project", projects),
        patterns("--environment", environments));
  }

  /** What gives the same selection at any time. */
  static List<String> arguments(Selection selection) {
    List<String> arguments = new ArrayList<>();
    selection.from().ifPresent(at -> arguments.addAll(List.of("--from", at.toString())));
    selection.to().ifPresent(at -> arguments.addAll(List.of("--to", at.toString())));
    add("--host", selection.hosts(), arguments);
    add("--project", selection.projects(), arguments);
    add("--environment", selection.environments(), arguments);
    return arguments;
  }

  private static void add(String option, List<NamePattern> patterns, List<String> arguments) {
    patterns.forEach(pattern -> arguments.addAll(List.of(option, pattern.text())));
  }

  private Optional<Instant> time(String option, String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(TimeArgument.at(text, now));
    } catch (IllegalArgumentException e) {
      throw usage(option, e.getMessage());
    }
  }

  private Instant ago(String text, Instant now) {
    try {
      return TimeArgument.ago(text, now);
    } catch (IllegalArgumentException e) {
      throw usage("--since", e.getMessage());
    }
  }

  private List<NamePattern> patterns(String option, List<String> texts) {
    List<NamePattern> patterns = new ArrayList<>();
    for (String text : texts) {
      try {
        patterns.add(new NamePattern(text));
      } catch (IllegalArgumentException e) {
        throw usage(option, e.getMessage());
      }
    }
    return patterns;
  }

  private ParameterException usage(String option, String message) {
    return new ParameterException(spec.commandLine(), option + " " + message);
  }
}
