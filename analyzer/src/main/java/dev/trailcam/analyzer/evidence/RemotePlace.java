// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.remote.RemoteDirectory;
import dev.trailcam.analyzer.remote.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A directory on a remote file system; what is needed of it is copied. */
record RemotePlace(RemoteDirectory directory, String shown) implements CapturePlace {

  @Override
  public List<ListedFile> list() throws IOException {
    return list(directory);
  }

  @Override
  public List<ListedFile> list(String name) throws IOException {
    return list(directory.directory(name));
  }

  static List<ListedFile> list(RemoteDirectory directory) throws IOException {
    List<ListedFile> files = new ArrayList<>();
    for (RemoteFile file : directory.list()) {
      files.add(listed(file));
    }
    return files;
  }

  static ListedFile listed(RemoteFile file) {
    return new ListedFile(file.name(), kind(file), file.bytes(), file.changed());
  }

  private static ListedFile.Kind kind(RemoteFile file) {
    return switch (file.kind()) {
      case FILE -> ListedFile.Kind.FILE;
      case DIRECTORY -> ListedFile.Kind.DIRECTORY;
      case LINK -> ListedFile.Kind.LINK;
    };
  }

  @Override
  public byte[] read(String name, long limit) throws IOException {
    try (InputStream in = directory.open(name)) {
      return EvidenceFile.readAll(in, limit);
    }
  }

  @Override
  public Fetched fetch(String name, long limit, PrivateCopies copies) throws IOException {
    try (InputStream in = directory.open(name)) {
      return copies.copy(in, limit);
    }
  }
}
