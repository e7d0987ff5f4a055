// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV2ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * How the values of each column are laid out. Parquet's own choice, a dictionary and otherwise
 * differences, is right for most; here are those where measuring said something else.
 */
final class Encodings implements ValuesWriterFactory {
  /** Numbers that hardly repeat: as differences they are half as large as in a dictionary. */
  static final Set<String> COUNTING =
      Set.of("seq", "ts", "boot_ns", "start_boot_ns", "from_boot_ns", "to_boot_ns");

  /**
   * What a row repeats of rows shortly before it. Words of a large dictionary are numbers of 17
   * bits or so, and zstd finds no repetition that does not begin at a byte.
   */
  private static final Set<String> REPEATING =
      Set.of("ppid", "ancestors.list.element.pid", "ancestors.list.element.start");

  private final ValuesWriterFactory others = new DefaultV2ValuesWriterFactory();
  private ParquetProperties properties;

  @Override
  public void initialize(ParquetProperties parquetProperties) {
    properties = parquetProperties;
    others.initialize(parquetProperties);
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    return REPEATING.contains(String.join(".", column.getPath()))
        ? new PlainValuesWriter(
            properties.getInitialSlabSize(),
            properties.getPageSizeThreshold(),
            properties.getAllocator())
        : others.newValuesWriter(column);
  }
}
