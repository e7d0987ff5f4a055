// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Table;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a Parquet file row group by row group. Parquet's own writer would do, if it let anybody
 * say how a column is encoded.
 */
final class RowGroups {
  private static final int ROWS_PER_GROUP = 131_072;
  private static final int DICTIONARY_BYTES = 16 << 20;
  private static final int PAGE_BYTES = 1 << 20;

  /**
   * Groups end by rows; this bounds the memory for rows with large arguments, well below the heap.
   */
  private static final long GROUP_BYTES = 64L << 20;

  private static final int ROWS_BETWEEN_SIZE_CHECKS = 64;

  private final Table table;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private final BytesInputCompressor compressor;
  private final ParquetProperties properties;
  private final ParquetFileWriter file;

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore values;
  private RowConsumer rows;
  private long rowsInGroup;

  RowGroups(OutputFile out, Table table) throws IOException {
    this.table = table;
    this.schema = SegmentSchema.of(table);
    this.columns = new ColumnIOFactory().getColumnIO(schema);
    this.compressor = new ZstdCodec().getCompressor(CompressionCodecName.ZSTD);
    this.properties = properties(schema);
    this.file =
        new ParquetFileWriter(
            out, schema, ParquetFileWriter.Mode.CREATE, GROUP_BYTES, 0, null, properties);
    file.start();
    startGroup();
  }

  private static ParquetProperties properties(MessageType schema) {
    ParquetProperties.Builder builder =
        ParquetProperties.builder()
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withValuesWriterFactory(new Encodings())
            .withDictionaryPageSize(DICTIONARY_BYTES)
            .withPageSize(PAGE_BYTES)
            .withPageWriteChecksumEnabled(true)
            .withSizeStatisticsEnabled(false);
    Encodings.COUNTING.forEach(column -> builder.withDictionaryEncoding(column, false));
    for (ColumnDescriptor column : schema.getColumns()) {
      // Least and greatest element of lists let no reader skip anything.
      if (column.getMaxRepetitionLevel() > 0) {
        builder.withStatisticsEnabled(String.join(".", column.getPath()), false);
      }
    }
    return builder.build();
  }

  void write(Row row) throws IOException {
    rows.write(row);
    rowsInGroup++;
    boolean large =
        rowsInGroup % ROWS_BETWEEN_SIZE_CHECKS == 0 && values.getBufferedSize() > GROUP_BYTES;
    if (rowsInGroup == ROWS_PER_GROUP || large) {
      endGroup();
      startGroup();
    }
  }

  /** Writes the last group and the footer, and closes the file. */
  void close(Map<String, String> metadata) throws IOException {
    try (file) {
      endGroup();
      file.end(metadata);
    }
  }

  private void startGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    values = properties.newColumnWriteStore(schema, pages, pages);
    rows = new RowConsumer(table, columns.getRecordWriter(values));
    rowsInGroup = 0;
  }

  private void endGroup() throws IOException {
    try (ColumnChunkPageWriteStore done = pages;
        ColumnWriteStore written = values) {
      if (rowsInGroup > 0) {
        rows.flush();
        file.startBlock(rowsInGroup);
        written.flush();
        done.flushToFileWriter(file);
        file.endBlock();
      }
    }
  }
}
