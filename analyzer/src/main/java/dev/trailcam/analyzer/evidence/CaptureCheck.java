// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Compares one capture directory with its manifest: files, sizes, hashes, what is left over. */
final class CaptureCheck {
  private final Path directory;
  private final String shown;
  private final List<EvidenceProblem> problems = new ArrayList<>();

  CaptureCheck(Path directory, String shown) {
    this.directory = directory;
    this.shown = shown;
  }

  /** Hands over either the capture or why there is none. */
  void run(Consumer<Capture> readable, Consumer<EvidenceProblem> unreadable) {
    Manifest manifest;
    try {
      manifest = readManifest();
    } catch (IOException e) {
      unreadable.accept(
          new EvidenceProblem(
              shownFile(CaptureLayout.MANIFEST), Kind.MANIFEST_UNREADABLE, manifestReason(e)));
      return;
    }
    for (Manifest.Problem problem : manifest.problems()) {
      problem(
          CaptureLayout.MANIFEST,
          Kind.MANIFEST_DAMAGED,
          "line " + problem.line() + " " + problem.message() + "; the lines before it are used");
    }
    List<Segment> intact = new ArrayList<>();
    Set<String> expired = manifest.expired();
    for (ManifestEntry.Segment entry : manifest.segments()) {
      if (!expired.contains(entry.file())) {
        segment(entry).ifPresent(intact::add);
      } else if (Files.exists(directory.resolve(entry.file()), LinkOption.NOFOLLOW_LINKS)) {
        problem(entry.file(), Kind.EXPIRED, "is there, though retention removed it; not read");
      }
    }
    problems.addAll(Removals.problems(shown, manifest));
    leftOvers(manifest);
    Capture capture = new Capture(shown, manifest, intact, problems);
    readable.accept(capture.without(List.of(), Accounts.problems(capture)));
  }

  private Manifest readManifest() throws IOException {
    Path file = directory.resolve(CaptureLayout.MANIFEST);
    BasicFileAttributes attributes = EvidenceFile.attributes(file);
    if (!attributes.isRegularFile()) {
      throw new IOException(EvidenceFile.whatInstead(attributes));
    }
    return Manifest.read(file);
  }

  private Optional<Segment> segment(ManifestEntry.Segment entry) {
    Optional<Table> table =
        Arrays.stream(Table.values())
            .filter(candidate -> candidate.filePrefix().equals(entry.table()))
            .findFirst();
    if (table.isEmpty()) {
      return problem(entry.file(), Kind.SEGMENT_MALFORMED, "is of an unknown table");
    }
    Path file = directory.resolve(entry.file());
    try {
      BasicFileAttributes attributes = EvidenceFile.attributes(file);
      if (!attributes.isRegularFile()) {
        return problem(entry.file(), Kind.SEGMENT_NOT_A_FILE, EvidenceFile.whatInstead(attributes));
      }
      if (attributes.size() != entry.bytes()) {
        return problem(
            entry.file(),
            Kind.SEGMENT_RESIZED,
            (attributes.size() < entry.bytes() ? "is truncated" : "has grown")
                + ": the manifest says "
                + entry.bytes()
                + " bytes, the file has "
                + attributes.size());
      }
      if (!EvidenceFile.sha256(file).equals(entry.sha256())) {
        return problem(
            entry.file(), Kind.SEGMENT_ALTERED, "was altered: its SHA-256 is not the sealed one");
      }
      return Optional.of(new Segment(table.get(), entry, file));
    } catch (NoSuchFileException e) {
      return problem(
          entry.file(),
          Kind.SEGMENT_MISSING,
          "is missing: the manifest says " + entry.rows() + " rows");
    } catch (IOException e) {
      return problem(entry.file(), Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
  }

  private void leftOvers(Manifest manifest) {
    Set<String> listed =
        manifest.segments().stream().map(ManifestEntry.Segment::file).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(CaptureLayout.SEGMENT_SUFFIX) && !listed.contains(name)) {
          problem(
              name,
              Kind.FOREIGN_FILE,
              "is not listed in the manifest, so nothing vouches for it; not read");
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problem("", Kind.UNREADABLE, "cannot be listed: " + e.getMessage());
    }
    spool();
  }

  private void spool() {
    Path spool = directory.resolve(CaptureLayout.SPOOL);
    if (!Files.isDirectory(spool, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    long bytes = 0;
    int files = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(spool)) {
      for (Path entry : entries) {
        files++;
        bytes += EvidenceFile.attributes(entry).size();
      }
    } catch (IOException | DirectoryIteratorException e) {
      problem(CaptureLayout.SPOOL, Kind.UNREADABLE, "cannot be listed: " + e.getMessage());
    }
    if (files > 0) {
      problem(
          CaptureLayout.SPOOL,
          Kind.NOT_SEALED,
          "holds " + bytes + " bytes that were not sealed; run: trailcam recover " + shown);
    }
  }

  private <T> Optional<T> problem(String file, Kind kind, String message) {
    problems.add(new EvidenceProblem(file.isEmpty() ? shown : shownFile(file), kind, message));
    return Optional.empty();
  }

  private String shownFile(String file) {
    // Not Path.of: what is shown of a name that is no valid text need not be a path.
    return shown + "/" + file;
  }

  /** The manifest reader begins its messages with the real path; the user knows another one. */
  private String manifestReason(IOException e) {
    String reason = EvidenceFile.reason(e);
    String prefix = directory.resolve(CaptureLayout.MANIFEST) + ": ";
    return reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
  }
}
