// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactionPlace;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CaptureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files of evidence as they lie on the disk: those that are damaged or belong to nobody
 * too, since they are evidence of that. Archives stay archives.
 */
final class BagSources {
  /** What is neither a path nor hidden nor an option, and means the same everywhere. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private static final int DEPTH = 2;

  private final List<BagFile> files = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Set<Path> archives = new HashSet<>();
  private int places;

  private BagSources() {}

  /**
   * All there is of what was named.
   *
   * @throws IOException if something cannot be read, or lies where it cannot be copied from; the
   *     message names it
   */
  static BagSources of(List<String> arguments, CaptureSet set, List<CompactionPlace> compactions)
      throws IOException {
    BagSources sources = new BagSources();
    for (String argument : arguments) {
      if (Files.isRegularFile(Path.of(argument))) {
        sources.archive(argument);
      }
    }
    for (CompactionPlace compaction : compactions) {
      sources.directory(compaction.path(), compaction.shown(), Map.of());
    }
    for (Capture capture : set.captures()) {
      if (compactions.stream().noneMatch(place -> within(capture, place))) {
        sources.capture(capture);
      }
    }
    return sources;
  }

  List<BagFile> files() {
    return files;
  }

  /** What is neither a file nor a directory, and cannot be in a bag. */
  List<String> leftOut() {
    return leftOut;
  }

  private static boolean within(Capture capture, CompactionPlace place) {
    return capture.path().startsWith(place.shown() + "/");
  }

  private void archive(String shown) throws IOException {
    Path real = Path.of(shown).toRealPath();
    if (archives.add(real)) {
      Path name = Path.of(shown).getFileName();
      files.add(new BagFile(real, place(name) + "/" + safe(name), shown, null));
    }
  }

  /** The archive that a capture lies in; any name may have a mark of exclamation in it. */
  private static Optional<String> archiveOf(Capture capture) {
    String path = capture.path();
    for (int i = path.indexOf('!'); i >= 0; i = path.indexOf('!', i + 1)) {
      if (Files.isRegularFile(Path.of(path.substring(0, i)))) {
        return Optional.of(path.substring(0, i));
      }
    }
    return Optional.empty();
  }

  private void capture(Capture capture) throws IOException {
    Optional<String> archive = archiveOf(capture);
    if (archive.isPresent()) {
      archive(archive.get());
      return;
    }
    Path directory = Path.of(capture.path());
    if (!Files.isRegularFile(
        directory.resolve(CaptureLayout.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          capture.path() + ": does not lie on a disk of this machine; copy it to one first");
    }
    Map<String, String> sealed = new HashMap<>();
    for (Segment segment : capture.segments()) {
      sealed.put(segment.entry().file(), segment.entry().sha256());
    }
    directory(directory, capture.path(), sealed);
  }

  private void directory(Path directory, String shown, Map<String, String> sealed)
      throws IOException {
    String place = place(directory.toRealPath().getFileName());
    List<Path> found;
    try (Stream<Path> walk = Files.walk(directory, DEPTH)) {
      found = walk.filter(path -> !path.equals(directory)).sorted().toList();
    }
    for (Path path : found) {
      Path relative = directory.relativize(path);
      String original = shown + "/" + relative;
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        String payload = place + "/" + name(relative);
        files.add(new BagFile(path, payload, original, sealed.get(relative.toString())));
      } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        leftOut.add(original);
      }
    }
  }

  private String name(Path relative) {
    List<String> parts = new ArrayList<>();
    relative.forEach(part -> parts.add(safe(part)));
    return String.join("/", parts);
  }

  private String place(Path name) {
    places++;
    String number = String.format(Locale.ROOT, "%06d", places);
    boolean shows = name != null && SAFE.matcher(name.toString()).matches();
    return number + (shows ? "-" + name : "");
  }

  private String safe(Path name) {
    String text = name.toString();
    return SAFE.matcher(text).matches()
        ? text
        : String.format(Locale.ROOT, "renamed-%06d", files.size() + 1);
  }
}
