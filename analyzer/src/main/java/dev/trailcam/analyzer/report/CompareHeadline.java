// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.novelty.Aspect;
import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.novelty.RunSide;
import dev.trailcam.analyzer.novelty.Tally;
import dev.trailcam.capture.CiContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a comparison of runs says in words. One sentence each, without a full stop.
 *
 * @param encode makes text from outside fit for where the sentences go
 * @param command the same for arguments
 */
record CompareHeadline(
    Novelty novelty, UnaryOperator<String> encode, Function<List<String>, String> command) {
  private static final int SHA = 12;

  String verdict() {
    String counts =
        Headline.count(novelty.findings().total(), "finding")
            + novelty.found().stream()
                .map(found -> ", " + counted(found.aspect(), found.total()))
                .collect(Collectors.joining());
    if (novelty.certain()) {
      return novelty.isEmpty() ? "Nothing new, and nothing is missing" : "New: " + counts;
    }
    return "Inconclusive: "
        + (novelty.isEmpty() ? "nothing new seen" : counts)
        + ", but something is missing, so what is new may not be, and more may be";
  }

  private static String counted(Aspect aspect, long total) {
    return switch (aspect) {
      case PROGRAM -> Headline.count(total, "program");
      case LINEAGE -> Headline.count(total, "lineage");
      case ARGUMENTS -> Headline.count(total, "argument shape");
      case DIRECTORY -> total + (total == 1 ? " directory" : " directories");
      case USER -> Headline.count(total, "user");
    };
  }

  static String heading(Aspect aspect) {
    return switch (aspect) {
      case PROGRAM -> "Programs";
      case LINEAGE -> "Which program started which";
      case ARGUMENTS -> "Programs with arguments";
      case DIRECTORY -> "Working directories";
      case USER -> "Users";
    };
  }

  static String side(RunSide side) {
    long partial = side.captures().stream().filter(capture -> !capture.whole()).count();
    return Headline.count(side.captures().size(), "run")
        + (partial == 0 ? "" : ", " + partial + " of them incomplete")
        + ", "
        + Headline.count(side.executions(), "execution");
  }

  /** What makes new things likely that mean nothing; empty where nothing does. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (novelty.base().captures().isEmpty()) {
      notes.add("There is no run to compare with: all is new");
    }
    if (novelty.otherJobs() > 0) {
      notes.add(
          novelty.otherJobs()
              + " of "
              + Headline.count(novelty.base().captures().size(), "run")
              + " of the base "
              + (novelty.otherJobs() == 1 ? "is" : "are")
              + " of another project, workflow or job than the head");
    }
    if (!novelty.ruleProblems().isEmpty()) {
      notes.add(
          Headline.count(novelty.ruleProblems().size(), "rule")
              + " did not run: findings are not all there");
    }
    if (novelty.suppressed().total() > 0) {
      notes.add(
          Headline.count(novelty.suppressed().total(), "new finding")
              + (novelty.suppressed().total() == 1 ? " is" : " are")
              + " suppressed: --show-suppressed and json list what is");
    }
    if (!novelty.suppressions().problems().isEmpty()) {
      notes.add(
          Headline.count(novelty.suppressions().problems().size(), "mistake")
              + " in suppressions: not every entry is heeded");
    }
    if (novelty.cut() > 0) {
      notes.add(
          "Arguments of "
              + Headline.count(novelty.cut(), "execution")
              + " of the head were cut off, and are compared by what was kept of them");
    }
    for (Novelty.Found found : novelty.found()) {
      if (found.notCompared() > 0) {
        notes.add(
            Headline.count(found.notCompared(), "execution")
                + " not compared by "
                + found.aspect().id()
                + ": there are too many different ones");
      }
    }
    return notes;
  }

  /** The thing itself, as it was the first time. */
  String item(Aspect aspect, Example example) {
    return switch (aspect) {
      case PROGRAM -> text(example.act().exe());
      case LINEAGE -> text(example.act().parentExe()) + " started " + text(example.act().exe());
      case ARGUMENTS -> arguments(example.act().argv());
      case DIRECTORY -> text(example.act().cwd());
      case USER -> "uid " + example.act().uid() + ", euid " + example.act().euid();
    };
  }

  /** How often something was done. */
  static String executions(long executions) {
    return Headline.count(executions, "execution");
  }

  static String times(Tally.Counted counted) {
    return executions(counted.headExecutions())
        + (counted.baseRuns() == 0
            ? ""
            : "; in the base "
                + executions(counted.baseExecutions())
                + " in "
                + Headline.count(counted.baseRuns(), "run"));
  }

  /** Why somebody says that a finding is legitimate use; empty for one that is open. */
  Optional<String> suppression(Finding finding) {
    return finding
        .suppression()
        .map(
            entry ->
                encode.apply(entry.id())
                    + ", owner "
                    + encode.apply(entry.owner())
                    + ", until "
                    + SuppressionDocuments.time(entry.expiresUs())
                    + ": "
                    + encode.apply(entry.reason()));
  }

  static String more(long total, int told) {
    return "and " + (total - told) + " more: --limit N shows N";
  }

  String above(Example example) {
    return "exec " + encode.apply(example.execId()) + ", see above";
  }

  String first(Example example) {
    return arguments(example.act().argv())
        + (example.act().argvTruncated() ? " (cut off)" : "")
        + " at "
        + Times.utc(example.tsNs())
        + ", exec "
        + encode.apply(example.execId())
        + " in capture "
        + encode.apply(example.captureId());
  }

  /** Who started it, and which of them looks like a package manager. */
  Optional<String> origin(Example example) {
    Map<Example.Step, String> roles = new LinkedHashMap<>();
    example.step().ifPresent(step -> roles.merge(step, "step", CompareHeadline::and));
    example
        .packageManager()
        .ifPresent(step -> roles.merge(step, "package manager", CompareHeadline::and));
    example.origin().stream()
        .limit(1)
        .forEach(step -> roles.merge(step, "parent", CompareHeadline::and));
    return roles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            roles.entrySet().stream()
                .map(role -> role.getValue() + " " + step(role.getKey()))
                .collect(Collectors.joining(", ")));
  }

  private static String and(String one, String other) {
    return one.replace(" and ", ", ") + " and " + other;
  }

  /** The CI run that all of the head is of; empty outside CI, or if it is of several. */
  Optional<String> commit() {
    List<CiContext> jobs = novelty.head().jobs();
    return jobs.size() == 1 ? commit(jobs.get(0)) : Optional.empty();
  }

  /** Which commit it happened under, unless it is said of all of the head. */
  Optional<String> commit(Example example) {
    return novelty.head().jobs().equals(List.of(example.ci()))
        ? Optional.empty()
        : commit(example.ci());
  }

  private Optional<String> commit(CiContext ci) {
    List<String> parts = new ArrayList<>();
    add(parts, "commit ", shortened(ci.commitSha()));
    add(parts, "of ", ci.projectPath());
    add(parts, "ref ", ci.refName());
    add(parts, "by ", ci.actor());
    add(parts, "run ", ci.runId());
    add(parts, "job ", ci.job());
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  private static String shortened(String sha) {
    return sha == null || sha.length() <= SHA ? sha : sha.substring(0, SHA);
  }

  private void add(List<String> parts, String what, String text) {
    if (text != null) {
      parts.add(what + encode.apply(text));
    }
  }

  private String step(Example.Step step) {
    return step.argv() == null ? text(step.exe()) : arguments(step.argv());
  }

  private String text(String text) {
    return text == null ? "(not known)" : encode.apply(text);
  }

  private String arguments(List<String> argv) {
    return argv == null ? "(arguments could not be read)" : command.apply(argv);
  }
}
