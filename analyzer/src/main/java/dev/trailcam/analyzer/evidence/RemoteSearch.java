// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.analyzer.remote.RemoteDirectory;
import dev.trailcam.capture.CaptureLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds capture directories below an address. No links are followed, archives are only named. */
final class RemoteSearch {
  /** Deeper than anybody files captures; a file system need not be a tree. */
  private static final int MAX_DEPTH = 64;

  private static final int MAX_DIRECTORIES = 10_000_000;

  private final List<RemotePlace> found = new ArrayList<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();
  private int directories;

  List<RemotePlace> found() {
    return found;
  }

  List<EvidenceProblem> problems() {
    return problems;
  }

  void search(String address) {
    String shown = address.replaceAll("(?<=[^/:])/+$", "");
    try {
      RemoteDirectory root = RemoteDirectory.at(address, System.getenv("HADOOP_CONF_DIR"));
      if (!root.isDirectory()) {
        problem(shown, Kind.NOT_A_CAPTURE, "is no capture: name the directory that holds it");
        return;
      }
      search(root, shown, 0);
      if (directories > MAX_DIRECTORIES) {
        problem(shown, Kind.UNREADABLE, "has too many directories; name some of them");
      }
      if (found.isEmpty() && problems.isEmpty()) {
        problem(shown, Kind.NOT_A_CAPTURE, "holds no capture (no manifest.jsonl in it)");
      }
    } catch (FileNotFoundException e) {
      problem(shown, Kind.NOT_A_CAPTURE, "does not exist");
    } catch (IOException e) {
      problem(shown, Kind.UNREADABLE, "cannot be read: " + EvidenceFile.reason(e));
    }
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
      } else if (file.kind() == ListedFile.Kind.FILE && ArchiveFormat.of(file.name()).isPresent()) {
        problem(
            path,
            Kind.ARCHIVE_ENTRY,
            "is an archive on a remote file system, which is not looked into; copy it here");
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
