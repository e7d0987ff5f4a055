// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a chain of lines up to the first that is torn, altered or out of place. What comes before
 * that is still chained and true.
 */
abstract class ChainReader<E extends ChainEntry<?>> {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_LINE_BYTES = 128 << 20;

  private final Class<E> type;
  private final String what;
  private final List<Manifest.Problem> problems = new ArrayList<>();
  private String headHash;
  private long goodBytes;
  private int line = 1;

  /**
   * A reader of one file.
   *
   * @param what what its lines belong to, for messages
   */
  ChainReader(Class<E> type, String what) {
    this.type = type;
    this.what = what;
  }

  /** Takes a line that follows the one before, or says that there is a {@link #problem}. */
  abstract boolean place(int number, E entry);

  final List<Manifest.Problem> problems() {
    return problems;
  }

  /** SHA-256 of the last good line; null when there is none. */
  final String headHash() {
    return headHash;
  }

  /** Length of the part before the first problem. */
  final long goodBytes() {
    return goodBytes;
  }

  /** Reads to the end or to the first problem. */
  final void run(InputStream in) throws IOException {
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0 && problems.isEmpty(); n = in.read(buffer)) {
      int from = 0;
      for (int to = 0; to < n && problems.isEmpty(); to++) {
        if (buffer[to] == '\n') {
          pending.write(buffer, from, to - from);
          accept(pending.toByteArray());
          pending.reset();
          from = to + 1;
        }
      }
      if (problems.isEmpty()) {
        pending.write(buffer, from, n - from);
        if (pending.size() > MAX_LINE_BYTES) {
          problem(line, "is longer than 128 MiB");
        }
      }
    }
    if (problems.isEmpty() && pending.size() > 0) {
      problem(line, "is cut off: it has no line feed");
    }
  }

  private void accept(byte[] text) {
    E entry;
    try {
      entry = ChainJson.read(type, text);
    } catch (IllegalArgumentException e) {
      problem(line, "is no " + what + " line: " + e.getMessage());
      return;
    }
    if (headHash == null ? entry.prev() != null : !headHash.equals(entry.prev())) {
      problem(line, "does not follow the line before it: the chain of hashes is broken");
      return;
    }
    if (place(line, entry)) {
      headHash = Sha256.of(text);
    }
    if (problems.isEmpty()) {
      goodBytes += text.length + 1;
      line++;
    }
  }

  /** Notes what is wrong; always false. */
  final boolean problem(int number, String message) {
    problems.add(new Manifest.Problem(number, message));
    return false;
  }
}
