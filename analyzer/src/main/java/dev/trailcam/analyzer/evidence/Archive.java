// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Manifest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An archive and what is wanted of it. Gone through once for what it holds, and once more for all
 * that is wanted of it, however many captures that is. Safe for several threads.
 */
final class Archive {

  /** What became of a file that was wanted. */
  private sealed interface Outcome {
    /** It was copied. */
    record Copied(CapturePlace.Fetched file) implements Outcome {}

    /** It could not be. */
    record Failed(IOException why) implements Outcome {}
  }

  private final ArchiveFile file;
  private final ArchiveFormat format;
  private final Map<String, Long> wanted = new TreeMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private ArchiveIndex index;
  private PrivateCopies into;

  Archive(ArchiveFile file) {
    this.file = file;
    this.format = ArchiveFormat.of(file.name()).orElseThrow();
  }

  String shown() {
    return file.shown();
  }

  /** Finds its captures; what is wrong with it is in the contents. */
  List<CaptureEntry> captures(KnownEvidence known, List<ArchiveContents> contents) {
    String fingerprint = file.fingerprint();
    Optional<ArchiveContents> remembered =
        known
            .archive(shown(), fingerprint)
            .filter(
                kept ->
                    kept.captures().stream()
                        .allMatch(member -> known.manifest(member.manifestHash())));
    ArchiveContents found = remembered.orElseGet(() -> look(known, fingerprint));
    contents.add(found);
    List<CaptureEntry> entries = new ArrayList<>();
    for (ArchiveContents.Member member : found.captures()) {
      Manifest manifest =
          remembered.isPresent()
              ? null
              : index.manifest(member.directory()).orElseThrow().manifest();
      entries.add(
          new CaptureEntry(
              new ArchivePlace(this, member.directory()),
              member.manifestHash(),
              member.files(),
              manifest));
    }
    return entries;
  }

  private ArchiveContents look(KnownEvidence known, String fingerprint) {
    index = new ArchiveIndex(shown(), known::manifest);
    try {
      ArchivePass.run(file, format, index);
    } catch (IOException e) {
      index.broken(EvidenceFile.reason(e));
    }
    return index.contents(fingerprint);
  }

  /** What is directly in a directory and matters, sorted by name. */
  synchronized List<ListedFile> list(String directory) {
    if (index == null) {
      look(KnownEvidence.NONE, "");
    }
    return index.files(directory);
  }

  /** The manifest of a capture; all of the archive's are read when the first is asked for. */
  synchronized Manifest manifest(String directory, String hash) throws IOException {
    Optional<Manifest> manifest = manifestOf(directory, hash);
    if (manifest.isEmpty()) {
      look(KnownEvidence.NONE, "");
      manifest = manifestOf(directory, hash);
    }
    return manifest.orElseThrow(CapturePlace::changed);
  }

  private Optional<Manifest> manifestOf(String directory, String hash) {
    return Optional.ofNullable(index)
        .flatMap(looked -> looked.manifest(directory))
        .filter(found -> found.hash().equals(hash))
        .map(ArchiveIndex.Found::manifest);
  }

  /** Reads one file that is not worth a copy. */
  byte[] read(String path, long limit) throws IOException {
    byte[][] bytes = new byte[1][];
    ArchivePass.run(
        file,
        format,
        (entry, content) -> {
          if (bytes[0] == null && isFile(path, entry)) {
            bytes[0] = EvidenceFile.readAll(content.open(), limit);
          }
        });
    if (bytes[0] == null) {
      throw new NoSuchFileException(path);
    }
    return bytes[0];
  }

  /** Says that a file will be fetched, of which so many bytes are wanted. */
  synchronized void expect(String path, long bytes) {
    wanted.put(path, bytes);
  }

  /** Copies the file, and everything else that is expected. */
  synchronized CapturePlace.Fetched fetch(String path, long limit, PrivateCopies copies)
      throws IOException {
    if (into != copies) {
      // What was copied elsewhere may be gone.
      outcomes.clear();
      into = copies;
    }
    if (!outcomes.containsKey(path)) {
      wanted.put(path, limit);
      copyWanted(copies);
    }
    Outcome outcome = outcomes.get(path);
    if (outcome instanceof Outcome.Copied copied) {
      return copied.file();
    }
    throw ((Outcome.Failed) outcome).why();
  }

  private void copyWanted(PrivateCopies copies) {
    IOException missing = new NoSuchFileException(shown());
    try {
      ArchivePass.run(
          file,
          format,
          (entry, content) -> {
            String path = path(entry);
            if (isFile(path, entry) && wanted.containsKey(path) && !outcomes.containsKey(path)) {
              outcomes.put(path, copy(content, wanted.get(path), copies));
            }
          });
    } catch (IOException e) {
      missing = e;
    }
    for (String path : wanted.keySet()) {
      outcomes.putIfAbsent(path, new Outcome.Failed(missing));
    }
    wanted.clear();
  }

  private static Outcome copy(ArchivePass.Content content, long limit, PrivateCopies copies) {
    try {
      return new Outcome.Copied(copies.copy(content.open(), limit));
    } catch (IOException e) {
      return new Outcome.Failed(e);
    }
  }

  private static boolean isFile(String path, ArchivePass.Entry entry) {
    return entry.kind() == ListedFile.Kind.FILE && path.equals(path(entry));
  }

  /** The path in its plain form, or nothing that anybody asks for. */
  private static String path(ArchivePass.Entry entry) {
    try {
      return EntryName.of(entry.name()).path();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
