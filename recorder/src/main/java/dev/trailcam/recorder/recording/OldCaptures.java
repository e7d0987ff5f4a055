// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The captures of a store that have ended and hold nothing that is not sealed. All others, those of
 * recorders that died among them, are left alone until somebody has recovered them.
 */
final class OldCaptures {
  private final Path store;
  private final String own;
  private final Consumer<String> progress;

  /**
   * @param capture the capture that is being recorded, which is none of them
   * @param progress is told what was removed
   */
  OldCaptures(Path capture, Consumer<String> progress) {
    this.store = capture.getParent();
    this.own = capture.getFileName().toString();
    this.progress = progress;
  }

  private record Old(Path directory, Manifest manifest, long endedRealNs) {
    long bytes() {
      return manifest.segments().stream().mapToLong(ManifestEntry.Segment::bytes).sum();
    }
  }

  /** Removes those that ended before that time, nanoseconds since 1970. */
  void removeEndedBefore(long realNs) throws IOException {
    for (Old old : find()) {
      if (old.endedRealNs() < realNs) {
        remove(old);
      }
    }
  }

  /** Bytes in the segments of all of them. */
  long bytes() throws IOException {
    return find().stream().mapToLong(Old::bytes).sum();
  }

  /**
   * Removes the oldest until so many bytes are free, or none is left.
   *
   * @return bytes that were freed
   */
  long removeOldest(long bytes) throws IOException {
    long freed = 0;
    for (Old old : find()) {
      if (freed >= bytes) {
        break;
      }
      remove(old);
      freed += old.bytes();
    }
    return freed;
  }

  /** The oldest first. */
  private List<Old> find() throws IOException {
    List<Old> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
      for (Path entry : entries) {
        Old old = entry.getFileName().toString().equals(own) ? null : old(entry);
        if (old != null) {
          all.add(old);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    all.sort(Comparator.comparingLong(Old::endedRealNs).thenComparing(Old::directory));
    return all;
  }

  private static Old old(Path directory) {
    Path file = directory.resolve(CaptureLayout.MANIFEST);
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || holdsAnything(directory.resolve(CaptureLayout.SPOOL))) {
        return null;
      }
      Manifest manifest = Manifest.read(file);
      return manifest.end().isEmpty() || !manifest.problems().isEmpty()
          ? null
          : new Old(directory, manifest, manifest.end().get().clock().realNs());
    } catch (IOException | RuntimeException e) {
      return null; // not ours to judge, and so not ours to remove
    }
  }

  private static boolean holdsAnything(Path spool) throws IOException {
    if (!Files.exists(spool, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isDirectory(spool, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(spool)) {
      return entries.iterator().hasNext();
    }
  }

  /** Only what the manifest lists; a directory that holds anything else stays. */
  private void remove(Old old) throws IOException {
    for (ManifestEntry.Segment segment : old.manifest().segments()) {
      Files.deleteIfExists(old.directory().resolve(segment.file()));
    }
    Files.deleteIfExists(old.directory().resolve(CaptureLayout.MANIFEST));
    Files.deleteIfExists(old.directory().resolve(CaptureLayout.SPOOL));
    progress.accept("removed by retention: " + old.directory());
    try {
      Files.delete(old.directory());
    } catch (DirectoryNotEmptyException e) {
      progress.accept("left, since it holds what no manifest listed: " + old.directory());
    }
  }
}
