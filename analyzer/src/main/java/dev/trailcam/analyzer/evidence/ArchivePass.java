// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;

/** One way through an archive from its first entry to its last. */
interface ArchivePass {

  /**
   * Hands every entry to the visitor.
   *
   * @throws IOException if the archive is damaged or cut off, or unpacks to more than it should;
   *     the message does not name it
   */
  void run(Visitor visitor) throws IOException;

  /** Goes through an archive; whatever its bytes are, nothing but an IOException comes of it. */
  static void run(ArchiveFile file, ArchiveFormat format, Visitor visitor) throws IOException {
    try {
      switch (format) {
        case ZIP -> new ZipPass(file).run(visitor);
        case TAR, TAR_GZIP, TAR_ZSTD -> new TarPass(file, format).run(visitor);
      }
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      // What a library says to bytes that its authors did not think of.
      throw new IOException("is malformed (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Looks at entries. */
  @FunctionalInterface
  interface Visitor {
    void entry(Entry entry, Content content) throws IOException;
  }

  /**
   * An entry as the archive describes it.
   *
   * @param name any text
   * @param kind what it says it is
   * @param bytes what it says its size is
   */
  record Entry(String name, ListedFile.Kind kind, long bytes) {}

  /** What an entry holds; there only while it is visited, and at most once. */
  @FunctionalInterface
  interface Content {
    /**
     * Unpacks it; not to be closed.
     *
     * @throws IOException if it is encrypted or packed in a way that is not known
     */
    InputStream open() throws IOException;
  }
}
