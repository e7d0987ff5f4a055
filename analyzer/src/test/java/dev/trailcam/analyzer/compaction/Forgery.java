// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionAppender;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Somebody who may write a compacted directory, knows the format, and chains every line anew. */
public final class Forgery {
  private final Path directory;
  private final Compaction compaction;
  private final Map<String, String> manifests = new HashMap<>();

  /**
   * A forgery that has not begun.
   *
   * @param store the originals, whose manifests are copied
   */
  public Forgery(Path directory, Path store) throws IOException {
    this.directory = directory;
    this.compaction = Compaction.read(directory.resolve(CompactionLayout.JOURNAL));
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(path -> path.endsWith(CaptureLayout.MANIFEST)).toList()) {
        String text = Files.readString(file);
        manifests.put(Sha256.of(text), text);
      }
    }
  }

  /** What is written of the directory now. */
  public Compaction compaction() {
    return compaction;
  }

  /** Writes the journal anew. */
  public void rewrite(
      UnaryOperator<CompactionEntry.Parquet> files, UnaryOperator<CompactionEntry.Part> parts) {
    try {
      Files.delete(directory.resolve(CompactionLayout.JOURNAL));
      try (CompactionAppender journal = CompactionAppender.create(directory, compaction.start())) {
        for (CompactionEntry.Parquet file : compaction.files()) {
          journal.append(files.apply(file));
        }
        for (Compaction.Original one : compaction.originals()) {
          List<CompactionEntry.Part> forged = one.parts().stream().map(parts).toList();
          journal.append(
              new CompactionEntry.Original(
                  one.manifest().start().captureId(),
                  one.name(),
                  one.manifestSha256(),
                  manifests.get(one.manifestSha256()),
                  forged,
                  null));
        }
        for (CompactionEntry.LeftOut one : compaction.leftOut()) {
          journal.append(one);
        }
        journal.append(compaction.end().orElseThrow());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
