// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.analyzer.remote.RemoteDirectory;
import dev.trailcam.capture.CaptureLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds capture directories and archives below an address. No links are followed. */
final class RemoteSearch {
  /** Deeper than anybody files captures; a file system need not be a tree. */
  private static final int MAX_DEPTH = 64;

  private static final int MAX_DIRECTORIES = 10_000_000;

  private final String address;
  private final List<RemotePlace> found = new ArrayList<>();
  private final List<RemoteArchive> archives = new ArrayList<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();
  private int directories;
  private boolean searched;

  RemoteSearch(String address) {
    this.address = address;
  }

  List<RemotePlace> found() {
    return found;
  }

  List<RemoteArchive> archives() {
    return archives;
  }

  List<EvidenceProblem> problems() {
    return problems;
  }

  void run() {
    String shown = shown();
    try {
      RemoteDirectory root = RemoteDirectory.at(address, System.getenv("HADOOP_CONF_DIR"));
      ListedFile self = RemotePlace.listed(root.self());
      if (isArchive(self)) {
        archives.add(new RemoteArchive(root.parent(), self, shown));
        searched = true;
        return;
      }
      if (self.kind() != ListedFile.Kind.DIRECTORY) {
        problem(
            shown,
            Kind.NOT_A_CAPTURE,
            "is no capture: name the directory or the archive that holds it");
        return;
      }
      search(root, shown, 0);
      if (directories > MAX_DIRECTORIES) {
        problem(shown, Kind.UNREADABLE, "has too many directories; name some of them");
      }
      searched = true;
    } catch (FileNotFoundException e) {
      problem(shown, Kind.NOT_A_CAPTURE, "does not exist");
    } catch (IOException e) {
      problem(shown, Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
  }

  private String shown() {
    return address.replaceAll("(?<=[^/:])/+$", "");
  }

  private static boolean isArchive(ListedFile file) {
    return file.kind() == ListedFile.Kind.FILE && ArchiveFormat.of(file.name()).isPresent();
  }

  /**
   * Whether nothing came of it that could be called a capture.
   *
   * @param contents what archives hold, by the name to show for each
   */
  Optional<EvidenceProblem> fruitless(Map<String, ArchiveContents> contents) {
    boolean any =
        !found.isEmpty()
            || !problems.isEmpty()
            || archives.stream()
                .map(RemoteArchive::shown)
                .map(contents::get)
                .anyMatch(ArchiveContents::any);
    return any || !searched
        ? Optional.empty()
        : Optional.of(
            new EvidenceProblem(
                shown(), Kind.NOT_A_CAPTURE, "holds no capture (no manifest.jsonl in it)"));
  }

  private void search(RemoteDirectory directory, String shown, int depth) {
    List<ListedFile> files;
    directories++;
    if (directories > MAX_DIRECTORIES) {
      return;
    }
    try {
      files = RemotePlace.list(directory);
    } catch (IOException e) {
      problem(shown, Kind.UNREADABLE, "cannot be listed: " + EvidenceFile.reason(e));
      return;
    }
    if (files.stream().anyMatch(file -> file.name().equals(CaptureLayout.MANIFEST))) {
      found.add(new RemotePlace(directory, shown));
      return;
    }
    for (ListedFile file : files) {
      String path = shown + "/" + file.name();
      if (file.name().endsWith(CaptureLayout.SEGMENT_SUFFIX)) {
        problem(path, Kind.FOREIGN_FILE, "is in no capture, so nothing vouches for it");
      } else if (isArchive(file)) {
        archives.add(new RemoteArchive(directory, file, path));
      } else if (file.kind() == ListedFile.Kind.DIRECTORY && depth < MAX_DEPTH) {
        search(directory.directory(file.name()), path, depth + 1);
      } else if (file.kind() == ListedFile.Kind.DIRECTORY) {
        problem(path, Kind.UNREADABLE, "lies too deep");
      }
    }
  }

  private void problem(String path, Kind kind, String message) {
    problems.add(new EvidenceProblem(path, kind, message));
  }
}
