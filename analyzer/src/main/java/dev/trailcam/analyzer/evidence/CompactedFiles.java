// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of a compaction, each compared with what was written, once. */
final class CompactedFiles {

  /** What is wrong with a file. */
  record Fault(EvidenceProblem.Kind kind, String message) {}

  private final Path directory;
  private final Compaction compaction;
  private final Map<String, Fault> faults = new HashMap<>();

  /** Looks at every file that the compaction names. */
  CompactedFiles(Path directory, Compaction compaction) {
    this.directory = directory;
    this.compaction = compaction;
    for (CompactionEntry.Parquet file : compaction.files()) {
      fault(file).ifPresent(fault -> faults.put(file.file(), fault));
    }
  }

  Path path(String file) {
    return directory.resolve(file);
  }

  /** What is wrong with a file that the compaction names. */
  Optional<Fault> fault(String file) {
    return Optional.ofNullable(faults.get(file));
  }

  private Optional<Fault> fault(CompactionEntry.Parquet entry) {
    Path file = directory.resolve(entry.file());
    try {
      BasicFileAttributes attributes = EvidenceFile.attributes(file);
      if (!attributes.isRegularFile()) {
        return fault(
            EvidenceProblem.Kind.SEGMENT_NOT_A_FILE, EvidenceFile.kind(attributes).whatInstead());
      }
      if (attributes.size() != entry.bytes()) {
        return fault(
            EvidenceProblem.Kind.SEGMENT_RESIZED,
            "has " + attributes.size() + " bytes and was written with " + entry.bytes());
      }
      if (!EvidenceFile.sha256(file).equals(entry.sha256())) {
        return fault(
            EvidenceProblem.Kind.SEGMENT_ALTERED,
            "was altered: its SHA-256 is not the one it was written with");
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return fault(EvidenceProblem.Kind.SEGMENT_MISSING, "is missing");
    } catch (IOException e) {
      return fault(EvidenceProblem.Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
  }

  private static Optional<Fault> fault(EvidenceProblem.Kind kind, String message) {
    return Optional.of(new Fault(kind, message));
  }

  /** Whatever lies beside the files and is none of them. */
  List<EvidenceProblem> foreign(String shown) {
    Set<String> ours =
        compaction.files().stream().map(CompactionEntry.Parquet::file).collect(Collectors.toSet());
    List<EvidenceProblem> problems = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.equals(CaptureLayout.MANIFEST)
            || (name.endsWith(CaptureLayout.SEGMENT_SUFFIX) && !ours.contains(name))) {
          problems.add(
              new EvidenceProblem(
                  shown + "/" + name,
                  EvidenceProblem.Kind.FOREIGN_FILE,
                  "is not listed in " + CompactionLayout.JOURNAL + "; not read"));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(
          new EvidenceProblem(
              shown, EvidenceProblem.Kind.UNREADABLE, "cannot be listed: " + e.getMessage()));
    }
    return problems;
  }
}
