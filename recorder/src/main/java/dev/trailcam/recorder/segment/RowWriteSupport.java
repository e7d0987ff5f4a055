// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Takes rows apart for Parquet, in the order of {@link SegmentSchema}. */
final class RowWriteSupport extends WriteSupport<Row> {
  private final Table table;
  private final List<Column> columns;
  private final Map<String, String> metadata;
  private RecordConsumer out;

  RowWriteSupport(Table table, Map<String, String> metadata) {
    this.table = table;
    this.columns = table.storedColumns();
    this.metadata = metadata;
  }

  @Override
  public String getName() {
    return "trailcam";
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public WriteContext init(Configuration configuration) {
    return init(new PlainParquetConfiguration());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(SegmentSchema.of(table), metadata);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(Row row) {
    out.startMessage();
    int field = 0;
    for (Column column : columns) {
      Object value = row.get(column);
      if (value != null) {
        writeColumn(column, field, value);
      } else if (!column.nullable()) {
        throw new IllegalArgumentException(column.columnName() + " must have a value");
      }
      field += column.type().text() ? 2 : 1;
    }
    out.endMessage();
  }

  private void writeColumn(Column column, int field, Object value) {
    String name = column.columnName();
    out.startField(name, field);
    switch (column.type()) {
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case INT32 -> out.addInteger((Integer) value);
      case INT64, TIMESTAMP_MICROS -> out.addLong((Long) value);
      case STRING -> addString((String) value);
      case STRING_LIST -> addList((List<?>) value, text -> addString((String) text));
      case TEXT -> addBytes(StoredText.readable((byte[]) value));
      case TEXT_LIST -> addList((List<?>) value, t -> addBytes(StoredText.readable((byte[]) t)));
      case ANCESTORS -> addList((List<?>) value, entry -> addAncestor((AncestorEntry) entry));
    }
    out.endField(name, field);
    if (column.type().text()) {
      writeRaw(column, field + 1, value);
    }
  }

  private void writeRaw(Column column, int field, Object value) {
    boolean readable =
        value instanceof byte[] text
            ? StoredText.isReadable(text)
            : StoredText.areReadable((List<?>) value);
    if (readable) {
      return;
    }
    out.startField(column.rawName(), field);
    if (value instanceof byte[] text) {
      addBytes(text);
    } else {
      addList((List<?>) value, text -> addBytes((byte[]) text));
    }
    out.endField(column.rawName(), field);
  }

  private void addList(List<?> values, Consumer<Object> add) {
    out.startGroup();
    if (!values.isEmpty()) {
      out.startField(SegmentSchema.LIST, 0);
      for (Object value : values) {
        out.startGroup();
        out.startField(SegmentSchema.ELEMENT, 0);
        add.accept(value);
        out.endField(SegmentSchema.ELEMENT, 0);
        out.endGroup();
      }
      out.endField(SegmentSchema.LIST, 0);
    }
    out.endGroup();
  }

  private void addAncestor(AncestorEntry ancestor) {
    out.startGroup();
    out.startField("pid", 0);
    out.addInteger(ancestor.pid());
    out.endField("pid", 0);
    out.startField("start", 1);
    out.addLong(ancestor.startBootNs());
    out.endField("start", 1);
    out.startField("comm", 2);
    addString(ancestor.comm());
    out.endField("comm", 2);
    if (ancestor.exe() != null) {
      out.startField("exe", 3);
      addString(ancestor.exe());
      out.endField("exe", 3);
    }
    out.endGroup();
  }

  private void addString(String text) {
    out.addBinary(Binary.fromString(text));
  }

  private void addBytes(byte[] bytes) {
    // Rows are used again, but never the bytes in them.
    out.addBinary(Binary.fromConstantByteArray(bytes));
  }
}
