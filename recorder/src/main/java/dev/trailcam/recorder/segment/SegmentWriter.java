// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Table;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes rows to a new Parquet file, mode 0600, on the disk when closed. For one thread. */
public final class SegmentWriter implements Closeable {
  /** Footer key: capture format version. */
  static final String FORMAT_VERSION = "trailcam.format_version";

  /** Footer key: capture the file belongs to. */
  static final String CAPTURE_ID = "trailcam.capture_id";

  private static final int ROWS_PER_GROUP = 131_072;
  private static final int DICTIONARY_BYTES = 16 << 20;
  private static final int PAGE_BYTES = 1 << 20;

  /** Row groups end by rows; this only bounds the memory for rows with large arguments. */
  private static final long GROUP_BYTES = 256L << 20;

  /** Numbers that hardly repeat: as differences they are half as large as in a dictionary. */
  private static final List<String> COUNTING =
      List.of("seq", "ts", "boot_ns", "start_boot_ns", "from_boot_ns", "to_boot_ns");

  private final ParquetWriter<Row> writer;
  private final RowDigest digest;

  private SegmentWriter(ParquetWriter<Row> writer, RowDigest digest) {
    this.writer = writer;
    this.digest = digest;
  }

  /**
   * Creates a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something has its name, a link included
   */
  public static SegmentWriter create(Path file, Table table, String captureId) throws IOException {
    Map<String, String> metadata =
        Map.of(FORMAT_VERSION, Integer.toString(Manifest.FORMAT_VERSION), CAPTURE_ID, captureId);
    Builder builder =
        new Builder(new NewFile(file), new RowWriteSupport(table, metadata))
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.CREATE)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withCodecFactory(new ZstdCodec())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(GROUP_BYTES)
            .withRowGroupRowCountLimit(ROWS_PER_GROUP)
            .withDictionaryPageSize(DICTIONARY_BYTES)
            .withPageSize(PAGE_BYTES)
            .withPageWriteChecksumEnabled(true)
            .withSizeStatisticsEnabled(false);
    COUNTING.forEach(column -> builder.withDictionaryEncoding(column, false));
    return new SegmentWriter(builder.build(), new RowDigest(table.storedColumns()));
  }

  /**
   * Appends a row. The row may be changed afterwards, byte arrays and lists in it may not.
   *
   * @throws IllegalArgumentException if a column that is never null has no value
   */
  public void write(Row row) throws IOException {
    writer.write(row);
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
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final WriteSupport<Row> support;

    Builder(NewFile file, WriteSupport<Row> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
