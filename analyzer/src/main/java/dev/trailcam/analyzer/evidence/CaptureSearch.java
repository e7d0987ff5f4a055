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
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds captures and compactions. Follows a link that was named, never one it finds. */
final class CaptureSearch {
  private final SortedMap<Path, String> found = new TreeMap<>();
  private final SortedMap<Path, String> compactions = new TreeMap<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();

  /** Capture directories by real path, each with the name to show for it. */
  SortedMap<Path, String> found() {
    return found;
  }

  /** Directories of compacted captures by real path, each with the name to show for it. */
  SortedMap<Path, String> compactions() {
    return compactions;
  }

  List<EvidenceProblem> problems() {
    return problems;
  }

  void search(Path argument) {
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
    if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
      problem(argument, Kind.NOT_A_CAPTURE, "is no capture: name the directory that holds it");
      return;
    }
    Visitor visitor = new Visitor(argument, real);
    try {
      Files.walkFileTree(real, visitor);
    } catch (IOException e) {
      problem(argument, Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
    if (!visitor.any) {
      problem(argument, Kind.NOT_A_CAPTURE, "holds no capture (no manifest.jsonl in it)");
    }
  }

  private void problem(Path path, Kind kind, String message) {
    problems.add(new EvidenceProblem(path.toString(), kind, message));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path argument;
    private final Path root;
    private boolean any;

    Visitor(Path argument, Path root) {
      this.argument = argument;
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      SortedMap<Path, String> kind;
      if (holds(directory, CompactionLayout.JOURNAL)) {
        kind = compactions;
      } else if (holds(directory, CaptureLayout.MANIFEST)) {
        kind = found;
      } else {
        return FileVisitResult.CONTINUE;
      }
      any = true;
      // One name for a capture that was named twice, whatever the order.
      kind.merge(directory, shown(directory), (a, b) -> a.compareTo(b) <= 0 ? a : b);
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
