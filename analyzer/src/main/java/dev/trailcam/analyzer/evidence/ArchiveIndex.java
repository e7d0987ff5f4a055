// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What an archive holds of captures: its names as far as they matter, and its manifests. */
final class ArchiveIndex implements ArchivePass.Visitor {
  /** Bounds the memory that names take, far above what a store in one archive needs. */
  private static final long MAX_ENTRIES = 4_000_000;

  private static final long MAX_NAME_CHARS = 64L << 20;

  private final String shown;
  private final Predicate<String> known;
  private final Map<String, Map<String, ListedFile>> directories = new TreeMap<>();
  private final Map<String, Found> manifests = new HashMap<>();
  private final List<EntryName> nested = new ArrayList<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();
  private long entries;
  private long nameChars;

  /**
   * A manifest.
   *
   * @param manifest null when its hash is known
   */
  record Found(String hash, Manifest manifest) {}

  /**
   * An empty index.
   *
   * @param shown the archive, as the user would name it
   * @param known which manifests need not be parsed, by their hash
   */
  ArchiveIndex(String shown, Predicate<String> known) {
    this.shown = shown;
    this.known = known;
  }

  @Override
  public void entry(ArchivePass.Entry entry, ArchivePass.Content content) throws IOException {
    entries++;
    if (entries > MAX_ENTRIES || nameChars > MAX_NAME_CHARS) {
      throw new IOException("holds too many names; unpack it and name the directory");
    }
    EntryName path;
    try {
      path = EntryName.of(entry.name());
    } catch (IllegalArgumentException e) {
      problem(EntryName.shortened(entry.name()), Kind.ARCHIVE_ENTRY, e.getMessage() + "; not read");
      return;
    }
    if (!matters(path)) {
      if (entry.kind() == ListedFile.Kind.FILE && ArchiveFormat.of(path.name()).isPresent()) {
        nameChars += path.path().length();
        nested.add(path);
      }
      return;
    }
    if (!add(path, entry)) {
      problem(
          path.path(),
          Kind.ARCHIVE_ENTRY,
          "is in the archive more than once; only the first is read");
      return;
    }
    if (path.name().equals(CaptureLayout.MANIFEST) && entry.kind() == ListedFile.Kind.FILE) {
      manifest(path, content);
    }
  }

  private static boolean matters(EntryName path) {
    return path.name().equals(CaptureLayout.MANIFEST)
        || path.name().endsWith(CaptureLayout.SEGMENT_SUFFIX)
        || inSpool(path);
  }

  private static boolean inSpool(EntryName path) {
    return path.parent().equals(CaptureLayout.SPOOL)
        || path.parent().endsWith("/" + CaptureLayout.SPOOL);
  }

  private boolean add(EntryName path, ArchivePass.Entry entry) {
    nameChars += path.path().length();
    Map<String, ListedFile> files =
        directories.computeIfAbsent(path.parent(), parent -> new TreeMap<>());
    ListedFile file = new ListedFile(path.name(), entry.kind(), entry.bytes(), 0);
    return files.putIfAbsent(path.name(), file) == null;
  }

  private void manifest(EntryName path, ArchivePass.Content content) {
    try {
      byte[] bytes = EvidenceFile.readAll(content.open(), CaptureEntry.MAX_MANIFEST_BYTES);
      String hash = Sha256.of(bytes);
      manifests.put(
          path.parent(), new Found(hash, known.test(hash) ? null : CaptureEntry.parse(bytes)));
    } catch (IOException e) {
      problem(path.path(), Kind.MANIFEST_UNREADABLE, EvidenceFile.reason(e));
    }
  }

  /** Looks over everything when the pass is over, or got as far as it could. */
  ArchiveContents contents(String fingerprint) {
    List<ArchiveContents.Member> captures = new ArrayList<>();
    directories.forEach(
        (directory, files) -> {
          ListedFile manifest = files.get(CaptureLayout.MANIFEST);
          if (manifest == null) {
            foreign(directory, files);
          } else if (!withinCapture(directory)) {
            member(directory, manifest, captures);
          }
        });
    for (EntryName path : nested) {
      if (!isCapture(path.parent()) && !withinCapture(path.parent())) {
        problem(
            path.path(),
            Kind.ARCHIVE_ENTRY,
            "is an archive in an archive, which is not looked into; unpack it");
      }
    }
    return new ArchiveContents(shown, fingerprint, captures, problems);
  }

  private void member(
      String directory, ListedFile manifest, List<ArchiveContents.Member> captures) {
    Found found = manifests.get(directory);
    if (found != null) {
      captures.add(new ArchiveContents.Member(directory, found.hash(), files(directory)));
    } else if (manifest.kind() != ListedFile.Kind.FILE) {
      problem(
          EntryName.within(directory, manifest.name()),
          Kind.MANIFEST_UNREADABLE,
          manifest.kind().whatInstead());
    }
  }

  private void foreign(String directory, Map<String, ListedFile> files) {
    if (withinCapture(directory)) {
      return;
    }
    for (String name : files.keySet()) {
      if (name.endsWith(CaptureLayout.SEGMENT_SUFFIX)) {
        problem(
            EntryName.within(directory, name),
            Kind.FOREIGN_FILE,
            "is in no capture, so nothing vouches for it");
      }
    }
  }

  private boolean isCapture(String directory) {
    return directories.getOrDefault(directory, Map.of()).containsKey(CaptureLayout.MANIFEST);
  }

  /** Whether a directory above it is a capture: what is in a capture is not searched for others. */
  private boolean withinCapture(String directory) {
    String above = directory;
    while (!above.isEmpty()) {
      above = above.substring(0, Math.max(0, above.lastIndexOf('/')));
      if (isCapture(above)) {
        return true;
      }
    }
    return false;
  }

  /** What is directly in a directory and matters, sorted by name. */
  List<ListedFile> files(String directory) {
    Map<String, ListedFile> files = new TreeMap<>(directories.getOrDefault(directory, Map.of()));
    String spool = EntryName.within(directory, CaptureLayout.SPOOL);
    if (directories.containsKey(spool)) {
      files.put(
          CaptureLayout.SPOOL,
          new ListedFile(CaptureLayout.SPOOL, ListedFile.Kind.DIRECTORY, 0, 0));
    }
    return List.copyOf(files.values());
  }

  /** The manifest of a capture. */
  Optional<Found> manifest(String directory) {
    return Optional.ofNullable(manifests.get(directory));
  }

  private void problem(String path, Kind kind, String message) {
    problems.add(new EvidenceProblem(shown + "!/" + path, kind, message));
  }

  /** The archive could not be gone through to its end. */
  void broken(String why) {
    problems.add(
        new EvidenceProblem(shown, Kind.ARCHIVE_DAMAGED, "cannot be read to its end: " + why));
  }
}
