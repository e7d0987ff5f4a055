// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A directory on a disk of this machine; its files are used where they are. */
record LocalPlace(Path directory, String shown) implements CapturePlace {

  @Override
  public List<ListedFile> list() throws IOException {
    return list(directory);
  }

  @Override
  public List<ListedFile> list(String name) throws IOException {
    return list(directory.resolve(name));
  }

  private static List<ListedFile> list(Path directory) throws IOException {
    List<ListedFile> files = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path file : names) {
        BasicFileAttributes attributes = EvidenceFile.attributes(file);
        files.add(
            new ListedFile(
                file.getFileName().toString(),
                EvidenceFile.kind(attributes),
                attributes.size(),
                attributes.lastModifiedTime().toMillis()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.comparing(ListedFile::name));
    return files;
  }

  @Override
  public byte[] read(String name, long limit) throws IOException {
    Path file = directory.resolve(name);
    BasicFileAttributes attributes = EvidenceFile.attributes(file);
    if (!attributes.isRegularFile()) {
      throw new IOException(EvidenceFile.kind(attributes).whatInstead());
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return EvidenceFile.readAll(in, limit);
    }
  }

  @Override
  public Fetched fetch(String name, long limit, PrivateCopies copies) throws IOException {
    Path file = directory.resolve(name);
    return new Fetched(file, EvidenceFile.attributes(file).size(), EvidenceFile.sha256(file));
  }
}
