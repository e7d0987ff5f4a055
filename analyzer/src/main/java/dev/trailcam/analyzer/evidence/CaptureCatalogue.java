// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The captures of a store, found by their manifests; nothing else of them was opened. The same
 * store gives the same catalogue, in whatever order its parts were named.
 *
 * @param captures sorted by path
 * @param archives what every archive held that was found, also those without captures, sorted by
 *     path; for {@link KnownEvidence}
 * @param compactions directories of compacted captures, sorted by path
 * @param problems what was named or found and is no readable capture, those of archives included,
 *     sorted
 */
public record CaptureCatalogue(
    List<CaptureEntry> captures,
    List<ArchiveContents> archives,
    List<CompactionPlace> compactions,
    List<EvidenceProblem> problems) {

  /** Makes the lists immutable. */
  public CaptureCatalogue {
    captures = List.copyOf(captures);
    archives = List.copyOf(archives);
    compactions = List.copyOf(compactions);
    problems = problems.stream().sorted().distinct().toList();
  }

  /**
   * Finds captures. Never fails on bad evidence: what is wrong with it is in the result.
   *
   * @param arguments captures, archives, directories that hold either at any depth, or addresses of
   *     any of these with a scheme, such as {@code hdfs://namenode/captures}
   * @param known what need not be parsed or opened again
   * @param progress is told the name of each argument and archive before it is looked through
   */
  public static CaptureCatalogue list(
      List<String> arguments, KnownEvidence known, Consumer<String> progress) {
    CaptureSearch search = new CaptureSearch(known, progress);
    arguments.forEach(search::search);
    return search.catalogue();
  }

  /** The same for what lies on this machine. */
  static CaptureCatalogue listPaths(
      List<Path> arguments, KnownEvidence known, Consumer<String> progress) {
    CaptureSearch search = new CaptureSearch(known, progress);
    arguments.forEach(search::search);
    return search.catalogue();
  }
}
