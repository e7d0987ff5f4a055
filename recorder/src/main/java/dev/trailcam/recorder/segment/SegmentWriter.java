// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Table;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes rows to a new Parquet file, mode 0600, on the disk when closed. For one thread. */
public final class SegmentWriter implements Closeable {
  /** Footer key: capture format version. */
  static final String FORMAT_VERSION = "trailcam.format_version";

  /** Footer key: capture the file belongs to. */
  static final String CAPTURE_ID = "trailcam.capture_id";

  private final RowGroups groups;
  private final RowDigest digest;
  private final Map<String, String> metadata;
  private boolean closed;

  private SegmentWriter(RowGroups groups, RowDigest digest, Map<String, String> metadata) {
    this.groups = groups;
    this.digest = digest;
    this.metadata = metadata;
  }

  /**
   * Does nothing where segments can be written.
   *
   * @throws IOException if the compressor's native library cannot be loaded
   */
  public static void requireCompressor() throws IOException {
    ZstdCodec.load();
  }

  /**
   * Creates a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something has its name, a link included
   */
  public static SegmentWriter create(Path file, Table table, String captureId) throws IOException {
    Map<String, String> metadata =
        Map.of(FORMAT_VERSION, Integer.toString(Manifest.FORMAT_VERSION), CAPTURE_ID, captureId);
    return new SegmentWriter(
        new RowGroups(new NewFile(file), table), new RowDigest(table.storedColumns()), metadata);
  }

  /**
   * Appends a row. The row may be changed afterwards, byte arrays and lists in it may not.
   *
   * @throws IllegalArgumentException if a column that is never null has no value
   */
  public void write(Row row) throws IOException {
    groups.write(row);
    digest.add(row);
  }

  /** Rows written. */
  public long rows() {
    return digest.rows();
  }

  /**
   * Reads the closed file back, every page's checksum included.
   *
   * @throws IOException if it does not hold what was written
   */
  public void verify(Path file, Table table) throws IOException {
    RowDigest found = new RowDigest(table.storedColumns());
    try (SegmentReader reader = SegmentReader.open(file, table)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        found.add(row);
      }
    }
    if (found.rows() != digest.rows() || found.checksum() != digest.checksum()) {
      throw new IOException(
          file + ": " + digest.rows() + " rows were written, but not these were read back");
    }
  }

  /** Writes what is left, and forces the file to the disk. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      groups.close(metadata);
    }
  }
}
