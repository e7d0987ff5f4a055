// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The captures a user pointed at, each checked against its manifest before anything parses it. The
 * same evidence gives the same set, in whatever order it was named.
 *
 * @param captures those whose manifest can be read, sorted by path
 * @param problems what was named or found and is no readable capture, sorted
 */
public record CaptureSet(List<Capture> captures, List<EvidenceProblem> problems) {

  /** Makes the lists immutable. */
  public CaptureSet {
    captures = List.copyOf(captures);
    problems = problems.stream().sorted().distinct().toList();
  }

  /**
   * Finds and checks captures. Never fails on bad evidence: what is wrong with it is in the result.
   *
   * @param arguments captures, or directories that hold captures at any depth
   * @param progress is told the name of each capture before it is hashed
   */
  public static CaptureSet open(List<Path> arguments, Consumer<String> progress) {
    CaptureSearch search = new CaptureSearch();
    arguments.forEach(search::search);
    List<EvidenceProblem> problems = new ArrayList<>(search.problems());
    List<Capture> captures = new ArrayList<>();
    search
        .found()
        .forEach(
            (real, shown) -> {
              progress.accept(shown);
              new CaptureCheck(real, shown).run(captures::add, problems::add);
            });
    List<CompactionCheck.LeftOut> leftOut = new ArrayList<>();
    search
        .compactions()
        .forEach(
            (real, shown) -> {
              progress.accept(shown);
              new CompactionCheck(real, shown, problems::add).run(captures::add, leftOut::add);
            });
    List<Capture> single = withoutCopies(captures, problems);
    problems.addAll(notAtHand(leftOut, single, problems));
    return new CaptureSet(single, problems);
  }

  /**
   * The same with problems that came up later. One that is about a capture, by its path, becomes
   * one of that capture.
   */
  public CaptureSet with(List<EvidenceProblem> later) {
    List<EvidenceProblem> others = new ArrayList<>(problems);
    Map<String, List<EvidenceProblem>> own = new TreeMap<>();
    Set<String> paths = captures.stream().map(Capture::path).collect(Collectors.toSet());
    for (EvidenceProblem problem : later) {
      int slash = problem.path().lastIndexOf('/');
      String directory = slash < 0 ? problem.path() : problem.path().substring(0, slash);
      if (paths.contains(problem.path())) {
        own.computeIfAbsent(problem.path(), path -> new ArrayList<>()).add(problem);
      } else if (paths.contains(directory)) {
        own.computeIfAbsent(directory, path -> new ArrayList<>()).add(problem);
      } else {
        others.add(problem);
      }
    }
    return new CaptureSet(
        captures.stream()
            .map(one -> one.without(List.of(), own.getOrDefault(one.path(), List.of())))
            .toList(),
        others);
  }

  /** Every problem there is, those of the captures included. */
  public List<EvidenceProblem> allProblems() {
    return Stream.concat(
            problems.stream(), captures.stream().flatMap(capture -> capture.problems().stream()))
        .sorted()
        .toList();
  }

  /** Whether every capture is whole and nothing else was found. */
  public boolean whole() {
    return problems.isEmpty() && captures.stream().allMatch(Capture::whole);
  }

  /**
   * What a compaction did not take is part of the store all the same: a result without it must not
   * look complete.
   */
  private static List<EvidenceProblem> notAtHand(
      List<CompactionCheck.LeftOut> leftOut,
      List<Capture> captures,
      List<EvidenceProblem> problems) {
    Set<String> ids = captures.stream().map(Capture::id).collect(Collectors.toSet());
    return leftOut.stream()
        .filter(
            one ->
                one.entry().captureId() == null
                    ? problems.stream().noneMatch(one::isToldBy)
                    : !ids.contains(one.entry().captureId()))
        .map(CompactionCheck.LeftOut::problem)
        .toList();
  }

  /**
   * A copy of a capture must not double its executions. Of copies with one chain head the one with
   * the fewest problems stays, silently; a different capture under the same id is a problem.
   */
  private static List<Capture> withoutCopies(
      List<Capture> captures, List<EvidenceProblem> problems) {
    Map<String, Capture> best = new TreeMap<>();
    List<Capture> byQuality =
        captures.stream()
            .sorted(
                Comparator.comparingInt((Capture capture) -> capture.problems().size())
                    .thenComparing(Capture::path))
            .toList();
    for (Capture capture : byQuality) {
      Capture first = best.putIfAbsent(capture.id(), capture);
      if (first != null && !first.manifest().headHash().equals(capture.manifest().headHash())) {
        problems.add(
            new EvidenceProblem(
                capture.path(),
                EvidenceProblem.Kind.DUPLICATE,
                "has the capture id of "
                    + first.path()
                    + " but another manifest; set aside, look at it on its own"));
      }
    }
    return best.values().stream().sorted(Comparator.comparing(Capture::path)).toList();
  }
}
