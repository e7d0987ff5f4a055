// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Converters.BinaryValue;
import dev.trailcam.recorder.segment.Converters.Fields;
import dev.trailcam.recorder.segment.Converters.ListValue;
import dev.trailcam.recorder.segment.Converters.NumberValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Puts rows together from what Parquet reads, in the order of {@link SegmentSchema}. */
final class RowMaterializer extends RecordMaterializer<Row> {
  private final Row row;
  private final GroupConverter root;

  RowMaterializer(Table table, int version) {
    row = new Row(table);
    List<Converter> fields = new ArrayList<>();
    for (Column column : SegmentSchema.columns(table, version)) {
      fields.add(converter(column));
      if (column.type().text()) {
        fields.add(raw(column));
      }
    }
    root = new Fields(fields, row::clear, () -> {});
  }

  /** The same row each time. */
  @Override
  public Row getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private Converter converter(Column column) {
    Consumer<Object> set = value -> row.set(column, value);
    return switch (column.type()) {
      case BOOLEAN, INT32, INT64, TIMESTAMP_MICROS -> new NumberValue(set);
      case STRING -> new BinaryValue(set, Binary::toStringUsingUTF8);
      case TEXT -> new BinaryValue(set, Binary::getBytes);
      case STRING_LIST -> new ListValue(set, add -> text(add, Binary::toStringUsingUTF8));
      case TEXT_LIST -> new ListValue(set, add -> text(add, Binary::getBytes));
      case ANCESTORS -> new ListValue(set, RowMaterializer::ancestor);
    };
  }

  /** The exact bytes come after their readable form, and take its place if they belong to it. */
  private Converter raw(Column column) {
    return switch (column.type()) {
      case TEXT -> text(exact -> replace(column, exact), Binary::getBytes);
      case TEXT_LIST ->
          new ListValue(exact -> replace(column, exact), add -> text(add, Binary::getBytes));
      case BOOLEAN, INT32, INT64, TIMESTAMP_MICROS, STRING, STRING_LIST, ANCESTORS ->
          throw new IllegalArgumentException(column.columnName() + " has no raw companion");
    };
  }

  private void replace(Column column, Object exact) {
    if (!shows(row.get(column), exact)) {
      throw new ParquetDecodingException(
          column.columnName() + " does not show what " + column.rawName() + " holds");
    }
    row.set(column, exact);
  }

  private static boolean shows(Object shown, Object exact) {
    if (shown instanceof byte[] text && exact instanceof byte[] bytes) {
      return Arrays.equals(text, StoredText.readable(bytes));
    }
    if (shown instanceof List<?> texts && exact instanceof List<?> all) {
      boolean same = texts.size() == all.size();
      for (int i = 0; same && i < all.size(); i++) {
        same = shows(texts.get(i), all.get(i));
      }
      return same;
    }
    return false;
  }

  private static Converter text(Consumer<Object> set, Function<Binary, Object> decode) {
    return new BinaryValue(set, decode);
  }

  private static Converter ancestor(Consumer<Object> add) {
    Object[] parts = new Object[4];
    return new Fields(
        List.of(
            new NumberValue(pid -> parts[0] = pid),
            new NumberValue(start -> parts[1] = start),
            text(comm -> parts[2] = comm, Binary::toStringUsingUTF8),
            text(exe -> parts[3] = exe, Binary::toStringUsingUTF8)),
        () -> parts[3] = null,
        () ->
            add.accept(
                new AncestorEntry(
                    (Integer) parts[0], (Long) parts[1], (String) parts[2], (String) parts[3])));
  }
}
