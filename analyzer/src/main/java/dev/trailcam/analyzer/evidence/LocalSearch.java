// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CompactionLayout;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds capture directories and archives on this machine. Follows a link that was named, never one
 * it finds.
 */
final class LocalSearch {
  private final Path argument;
  private final Map<Path, String> directories = new TreeMap<>();
  private final Map<Path, String> archives = new TreeMap<>();
  private final Map<Path, String> compactions = new TreeMap<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();
  private boolean searched;

  LocalSearch(Path argument) {
    this.argument = argument;
  }

  /** Capture directories by real path, each with the name to show for it. */
  Map<Path, String> directories() {
    return directories;
  }

  /** Files that are archives by their name, by real path, each with the name to show for it. */
  Map<Path, String> archives() {
    return archives;
  }

  /** Directories of compacted captures by real path, each with the name to show for it. */
  Map<Path, String> compactions() {
    return compactions;
  }

  List<EvidenceProblem> problems() {
    return problems;
  }

  void run() {
    Path real;
    try {
      real = argument.toRealPath();
    } catch (NoSuchFileException e) {
      problem(argument, Kind.NOT_A_CAPTURE, "does not exist");
      return;
    } catch (IOException e) {
      problem(argument, Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
      return;
    }
    if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
        && ArchiveFormat.of(real.toString()).isPresent()) {
      archives.put(real, argument.toString());
      searched = true;
      return;
    }
    if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
      problem(
          argument,
          Kind.NOT_A_CAPTURE,
          "is no capture: name the directory or the archive that holds it");
      return;
    }
    try {
      Files.walkFileTree(real, new Visitor(real));
    } catch (IOException e) {
      problem(argument, Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
    searched = true;
  }

  /**
   * Whether nothing came of it that could be called a capture.
   *
   * @param contents what the archives hold
   */
  Optional<EvidenceProblem> fruitless(Map<Path, ArchiveContents> contents) {
    boolean any =
        !directories.isEmpty()
            || !compactions.isEmpty()
            || archives.keySet().stream().map(contents::get).anyMatch(ArchiveContents::any);
    return any || !searched
        ? Optional.empty()
        : Optional.of(
            new EvidenceProblem(
                argument.toString(),
                Kind.NOT_A_CAPTURE,
                "holds no capture (no manifest.jsonl in it)"));
  }

  private void problem(Path path, Kind kind, String message) {
    problems.add(new EvidenceProblem(path.toString(), kind, message));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (holds(directory, CompactionLayout.JOURNAL)) {
        compactions.put(directory, shown(directory));
      } else if (holds(directory, CaptureLayout.MANIFEST)) {
        directories.put(directory, shown(directory));
      } else {
        return FileVisitResult.CONTINUE;
      }
      return FileVisitResult.SKIP_SUBTREE;
    }

    private static boolean holds(Path directory, String name) {
      return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().endsWith(CaptureLayout.SEGMENT_SUFFIX)) {
        problems.add(
            new EvidenceProblem(
                shown(file), Kind.FOREIGN_FILE, "is in no capture, so nothing vouches for it"));
      } else if (attributes.isRegularFile() && ArchiveFormat.of(file.toString()).isPresent()) {
        archives.put(file, shown(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      String why = e instanceof FileSystemLoopException ? "a loop" : EvidenceFile.reason(e);
      problems.add(new EvidenceProblem(shown(file), Kind.UNREADABLE, "cannot be read: " + why));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      if (e != null) {
        problems.add(
            new EvidenceProblem(
                shown(directory),
                Kind.UNREADABLE,
                "cannot be listed to its end: " + EvidenceFile.reason(e)));
      }
      return FileVisitResult.CONTINUE;
    }

    private String shown(Path path) {
      return path.equals(root)
          ? argument.toString()
          : argument.resolve(root.relativize(path)).toString();
    }
  }
}
