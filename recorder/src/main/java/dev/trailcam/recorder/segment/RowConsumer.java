// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Takes rows apart for Parquet, in the order of {@link SegmentSchema}. */
final class RowConsumer {
  private final List<Field> fields = new ArrayList<>();
  private final RecordConsumer out;

  RowConsumer(Table table, RecordConsumer out) {
    this.out = out;
    int index = 0;
    for (Column column : table.storedColumns()) {
      boolean text = column.type().text();
      String rawName = text ? column.rawName() : null;
      fields.add(new Field(column, column.columnName(), index, rawName));
      index += text ? 2 : 1;
    }
  }

  /** A column and where it is in the schema; its raw companion, if any, comes next. */
  private record Field(Column column, String name, int index, String rawName) {}

  void write(Row row) {
    out.startMessage();
    for (Field field : fields) {
      Object value = row.get(field.column);
      if (value != null) {
        writeField(field, value);
      } else if (!field.column.nullable()) {
        throw new IllegalArgumentException(field.name + " must have a value");
      }
    }
    out.endMessage();
  }

  /** Hands over the nulls that Parquet collects. */
  void flush() {
    out.flush();
  }

  private void writeField(Field field, Object value) {
    out.startField(field.name, field.index);
    switch (field.column.type()) {
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case INT32 -> out.addInteger((Integer) value);
      case INT64, TIMESTAMP_MICROS -> out.addLong((Long) value);
      case STRING -> addString((String) value);
      case STRING_LIST -> addList((List<?>) value, text -> addString((String) text));
      case TEXT -> addBytes(StoredText.readable((byte[]) value));
      case TEXT_LIST -> addList((List<?>) value, t -> addBytes(StoredText.readable((byte[]) t)));
      case ANCESTORS -> addList((List<?>) value, entry -> addAncestor((AncestorEntry) entry));
    }
    out.endField(field.name, field.index);
    if (field.rawName != null && !isReadable(value)) {
      writeRaw(field.rawName, field.index + 1, value);
    }
  }

  private static boolean isReadable(Object value) {
    return value instanceof byte[] text
        ? StoredText.isReadable(text)
        : StoredText.areReadable((List<?>) value);
  }

  private void writeRaw(String name, int index, Object value) {
    out.startField(name, index);
    if (value instanceof byte[] text) {
      addBytes(text);
    } else {
      addList((List<?>) value, text -> addBytes((byte[]) text));
    }
    out.endField(name, index);
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
