// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Finds captures in what a user named, and reads no more than their manifests. */
final class CaptureSearch {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  private static final Pattern FILE = Pattern.compile("(?i)file:/.*");

  private final KnownEvidence known;
  private final Consumer<String> progress;
  private final Map<Path, String> directories = new TreeMap<>();
  private final Map<String, CapturePlace> remote = new TreeMap<>();
  private final Map<Path, String> archives = new TreeMap<>();
  private final Map<Path, String> compactions = new TreeMap<>();
  private final Map<String, RemoteArchive> remoteArchives = new TreeMap<>();
  private final List<LocalSearch> searches = new ArrayList<>();
  private final List<RemoteSearch> remoteSearches = new ArrayList<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();

  CaptureSearch(KnownEvidence known, Consumer<String> progress) {
    this.known = known;
    this.progress = progress;
  }

  void search(String argument) {
    if (FILE.matcher(argument).matches()) {
      searchFile(argument);
      return;
    }
    if (ADDRESS.matcher(argument).matches()) {
      progress.accept(argument);
      RemoteSearch search = new RemoteSearch(argument);
      search.run();
      remoteSearches.add(search);
      search.found().forEach(place -> remote.put(place.shown(), place));
      search.archives().forEach(archive -> remoteArchives.put(archive.shown(), archive));
      problems.addAll(search.problems());
      return;
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      problem(argument, Kind.NOT_A_CAPTURE, "is no path: " + e.getReason());
      return;
    }
    search(path);
  }

  /** Without Hadoop, which follows links on this machine. */
  private void searchFile(String address) {
    try {
      search(Path.of(URI.create(address)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      problem(address, Kind.NOT_A_CAPTURE, "is no address of a file: " + e.getMessage());
    }
  }

  void search(Path argument) {
    progress.accept(argument.toString());
    LocalSearch search = new LocalSearch(argument);
    search.run();
    searches.add(search);
    // One name for a capture that was named twice, whatever the order.
    search.directories().forEach((path, shown) -> directories.merge(path, shown, this::first));
    search.archives().forEach((path, shown) -> archives.merge(path, shown, this::first));
    search.compactions().forEach((path, shown) -> compactions.merge(path, shown, this::first));
    problems.addAll(search.problems());
  }

  private String first(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Reads the manifests of what was found, in as many threads as there are processors. */
  CaptureCatalogue catalogue() {
    List<CaptureEntry> captures = new ArrayList<>();
    List<CapturePlace> places = new ArrayList<>(remote.values());
    directories.forEach((path, shown) -> places.add(new LocalPlace(path, shown)));
    places.parallelStream()
        .map(this::look)
        .toList()
        .forEach(
            look -> {
              look.entry().ifPresent(captures::add);
              look.problem().ifPresent(problems::add);
            });
    Map<Path, ArchiveContents> contents = new TreeMap<>();
    archives.forEach(
        (file, shown) -> contents.put(file, archive(new LocalArchive(file, shown), captures)));
    Map<String, ArchiveContents> remoteContents = new TreeMap<>();
    remoteArchives.forEach((shown, file) -> remoteContents.put(shown, archive(file, captures)));
    for (LocalSearch search : searches) {
      search.fruitless(contents).ifPresent(problems::add);
    }
    for (RemoteSearch search : remoteSearches) {
      search.fruitless(remoteContents).ifPresent(problems::add);
    }
    List<ArchiveContents> opened = new ArrayList<>(contents.values());
    opened.addAll(remoteContents.values());
    opened.forEach(one -> problems.addAll(one.problems()));
    captures.sort(Comparator.comparing(CaptureEntry::path));
    List<CompactionPlace> compacted = new ArrayList<>();
    compactions.forEach((path, shown) -> compacted.add(new CompactionPlace(path, shown)));
    return new CaptureCatalogue(captures, opened, compacted, problems);
  }

  private ArchiveContents archive(ArchiveFile file, List<CaptureEntry> captures) {
    progress.accept(file.shown());
    List<ArchiveContents> contents = new ArrayList<>();
    captures.addAll(new Archive(file).captures(known, contents));
    return contents.get(0);
  }

  /** Either an entry or why there is none. */
  private record Look(Optional<CaptureEntry> entry, Optional<EvidenceProblem> problem) {}

  private Look look(CapturePlace place) {
    try {
      byte[] bytes = place.read(CaptureLayout.MANIFEST, CaptureEntry.MAX_MANIFEST_BYTES);
      String hash = Sha256.of(bytes);
      Manifest manifest = known.manifest(hash) ? null : CaptureEntry.parse(bytes);
      return new Look(
          Optional.of(new CaptureEntry(place, hash, place.list(), manifest)), Optional.empty());
    } catch (IOException e) {
      return new Look(
          Optional.empty(),
          Optional.of(
              new EvidenceProblem(
                  place.shown() + "/" + CaptureLayout.MANIFEST,
                  Kind.MANIFEST_UNREADABLE,
                  EvidenceFile.reason(e))));
    }
  }

  private void problem(String path, Kind kind, String message) {
    problems.add(new EvidenceProblem(path, kind, message));
  }
}
