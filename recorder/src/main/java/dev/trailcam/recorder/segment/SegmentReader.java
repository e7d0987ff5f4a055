// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Table;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a file that {@link SegmentWriter} wrote, and checks every page's checksum. For
 * one thread.
 */
public final class SegmentReader implements Closeable {
  private final Path file;
  private final ParquetFileReader reader;
  private final MessageColumnIO columns;
  private final RowMaterializer materializer;
  private RecordReader<Row> group;
  private long leftInGroup;

  private SegmentReader(Path file, ParquetFileReader reader, Table table, int version) {
    this.file = file;
    this.reader = reader;
    this.columns = new ColumnIOFactory().getColumnIO(SegmentSchema.of(table, version));
    this.materializer = new RowMaterializer(table, version);
  }

  /**
   * Opens a file; links are not followed.
   *
   * @throws IOException if it is no Parquet file with exactly the columns that the table has in one
   *     of the capture formats
   */
  public static SegmentReader open(Path file, Table table) throws IOException {
    ParquetReadOptions options =
        new ParquetReadOptions.Builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .withCodecFactory(new ZstdCodec())
            .build();
    try {
      ParquetFileReader reader = ParquetFileReader.open(new PlainFile(file), options);
      MessageType found = reader.getFileMetaData().getSchema();
      for (int version = Manifest.FORMAT_VERSION; version >= table.since(); version--) {
        if (found.equals(SegmentSchema.of(table, version))) {
          return new SegmentReader(file, reader, table, version);
        }
      }
      reader.close();
      throw new IOException(file + ": not the columns of " + table.sqlName());
    } catch (RuntimeException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads the next row.
   *
   * @return the same object each time, or null at the end
   * @throws IOException if the file is damaged
   */
  public Row next() throws IOException {
    try {
      while (leftInGroup == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        leftInGroup = pages.getRowCount();
        group = columns.getRecordReader(pages, materializer);
      }
      leftInGroup--;
      return group.read();
    } catch (RuntimeException e) {
      // Parquet has no one type for damaged bytes.
      throw unreadable(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static IOException unreadable(Path file, RuntimeException cause) {
    return new IOException(file + ": damaged: " + cause.getMessage(), cause);
  }
}
