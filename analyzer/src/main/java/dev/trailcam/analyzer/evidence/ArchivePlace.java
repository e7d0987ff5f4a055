// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A directory within an archive.
 *
 * @param directory its path, empty for the archive's root
 */
record ArchivePlace(Archive archive, String directory) implements CapturePlace {

  @Override
  public String shown() {
    return archive.shown() + (directory.isEmpty() ? "!" : "!/" + directory);
  }

  @Override
  public List<ListedFile> list() {
    return archive.list(directory);
  }

  @Override
  public List<ListedFile> list(String name) {
    return archive.list(EntryName.within(directory, name));
  }

  @Override
  public byte[] read(String name, long limit) throws IOException {
    return archive.read(EntryName.within(directory, name), limit);
  }

  @Override
  public Manifest manifest(String hash) throws IOException {
    return archive.manifest(directory, hash);
  }

  @Override
  public void expect(Manifest manifest) {
    Set<String> expired = manifest.expired();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (!expired.contains(segment.file())) {
        archive.expect(EntryName.within(directory, segment.file()), segment.bytes());
      }
    }
  }

  @Override
  public Fetched fetch(String name, long limit, PrivateCopies copies) throws IOException {
    return archive.fetch(EntryName.within(directory, name), limit, copies);
  }
}
