// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
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
   * Copies of what lies in archives stay until the program ends.
   *
   * @param arguments captures, archives, or directories that hold either at any depth
   * @param progress is told the name of each capture before it is hashed
   */
  public static CaptureSet open(List<Path> arguments, Consumer<String> progress) {
    CaptureCatalogue catalogue =
        CaptureCatalogue.listPaths(arguments, KnownEvidence.NONE, progress);
    return open(catalogue, catalogue.captures(), new PrivateCopies(), progress);
  }

  /**
   * Checks captures that were found, and all that is compacted.
   *
   * @param wanted those of the catalogue's captures that are wanted
   * @param copies see below
   */
  public static CaptureSet open(
      CaptureCatalogue catalogue,
      List<CaptureEntry> wanted,
      PrivateCopies copies,
      Consumer<String> progress) {
    return open(wanted, catalogue.compactions(), catalogue.problems(), copies, progress);
  }

  /**
   * Checks captures that were found. Never fails on bad evidence.
   *
   * @param entries those that are wanted, in any order; a capture of whose copies only some are
   *     wanted is one
   * @param copies where copies of evidence go that cannot be opened where it lies; to be closed
   *     when the result is not used any more
   * @param progress is told the name of each capture before it is hashed, never by two threads at a
   *     time
   */
  public static CaptureSet open(
      List<CaptureEntry> entries, PrivateCopies copies, Consumer<String> progress) {
    return open(entries, List.of(), List.of(), copies, progress);
  }

  private static CaptureSet open(
      List<CaptureEntry> entries,
      List<CompactionPlace> compactions,
      List<EvidenceProblem> found,
      PrivateCopies copies,
      Consumer<String> progress) {
    for (CaptureEntry entry : entries) {
      try {
        entry.place().expect(entry.manifest());
      } catch (IOException e) {
        // Said when the capture is checked.
      }
    }
    List<Capture> captures = new ArrayList<>();
    List<EvidenceProblem> problems = new ArrayList<>(found);
    // Hashing is bound by the processors; the result is put in order, so threads do not show in it.
    entries.parallelStream()
        .forEach(
            entry -> {
              synchronized (progress) {
                progress.accept(entry.path());
              }
              new CaptureCheck(entry)
                  .run(copies, synchronizedAdd(captures), synchronizedAdd(problems));
            });
    List<CompactionCheck.LeftOut> leftOut = new ArrayList<>();
    for (CompactionPlace place : compactions) {
      progress.accept(place.shown());
      new CompactionCheck(place.path(), place.shown(), problems::add)
          .run(captures::add, leftOut::add);
    }
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

  /** The captures that a selection admits, with what is wrong beside them. */
  public CaptureSet of(Selection selection) {
    return new CaptureSet(
        captures.stream().filter(one -> selection.admits(one.manifest())).toList(), problems);
  }

  private static <T> Consumer<T> synchronizedAdd(List<T> list) {
    return one -> {
      synchronized (list) {
        list.add(one);
      }
    };
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
    return notAtHand(
        leftOut, captures.stream().map(Capture::id).collect(Collectors.toSet()), problems);
  }

  static List<EvidenceProblem> notAtHand(
      List<CompactionCheck.LeftOut> leftOut, Set<String> ids, List<EvidenceProblem> problems) {
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
