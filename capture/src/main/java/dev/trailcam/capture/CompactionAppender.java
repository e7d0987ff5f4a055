// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Appends lines to {@code compaction.jsonl} as {@link ManifestAppender} does to a manifest. */
public final class CompactionAppender implements Closeable {
  private final ChainAppender<CompactionEntry> chain;

  private CompactionAppender(ChainAppender<CompactionEntry> chain) {
    this.chain = chain;
  }

  /**
   * Creates the file, mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: nothing is ever overwritten
   */
  public static CompactionAppender create(Path directory, CompactionEntry.Start start)
      throws IOException {
    CompactionAppender appender =
        new CompactionAppender(
            ChainAppender.create(
                CompactionEntry.class,
                directory.resolve(CompactionLayout.JOURNAL),
                "is being written by another compaction"));
    try {
      appender.append(start);
      return appender;
    } catch (IOException e) {
      appender.close();
      throw e;
    }
  }

  /**
   * Appends the entry, chained to the last line. Only the line of a file and the end are on the
   * disk before the call returns: the end line is what makes the others count, and forcing ten
   * thousand lines one by one takes minutes.
   */
  public void append(CompactionEntry entry) throws IOException {
    chain.append(
        entry, entry instanceof CompactionEntry.Parquet || entry instanceof CompactionEntry.End);
  }

  /** SHA-256 of the last line. */
  public String headHash() {
    return chain.headHash();
  }

  @Override
  public void close() throws IOException {
    chain.close();
  }
}
