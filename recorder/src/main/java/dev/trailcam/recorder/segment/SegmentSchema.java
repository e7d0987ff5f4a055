// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a table; lists have the standard three levels. */
final class SegmentSchema {
  static final String LIST = "list";
  static final String ELEMENT = "element";

  private SegmentSchema() {}

  /** What is written. */
  static MessageType of(Table table) {
    return of(table, Manifest.FORMAT_VERSION);
  }

  /** What a recorder of that capture format wrote. */
  static MessageType of(Table table, int version) {
    List<Type> fields = new ArrayList<>();
    for (Column column : columns(table, version)) {
      fields.add(field(column));
      if (column.type().text()) {
        fields.add(raw(column));
      }
    }
    return new MessageType(table.sqlName(), fields);
  }

  /** The columns a file of that capture format has. */
  static List<Column> columns(Table table, int version) {
    return table.storedColumns().stream().filter(column -> column.since() <= version).toList();
  }

  private static Type field(Column column) {
    String name = column.columnName();
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (column.type()) {
      case BOOLEAN -> Types.primitive(BOOLEAN, repetition).named(name);
      case INT32 -> Types.primitive(INT32, repetition).named(name);
      case INT64 -> Types.primitive(INT64, repetition).named(name);
      case TIMESTAMP_MICROS ->
          Types.primitive(INT64, repetition).as(timestampType(true, TimeUnit.MICROS)).named(name);
      case STRING, TEXT -> Types.primitive(BINARY, repetition).as(stringType()).named(name);
      case STRING_LIST, TEXT_LIST ->
          list(repetition, name, Types.required(BINARY).as(stringType()).named(ELEMENT));
      case ANCESTORS -> list(repetition, name, ancestor());
    };
  }

  private static Type raw(Column column) {
    return switch (column.type()) {
      case TEXT -> Types.optional(BINARY).named(column.rawName());
      case TEXT_LIST ->
          list(Repetition.OPTIONAL, column.rawName(), Types.required(BINARY).named(ELEMENT));
      case BOOLEAN, INT32, INT64, TIMESTAMP_MICROS, STRING, STRING_LIST, ANCESTORS ->
          throw new IllegalArgumentException(column.columnName() + " has no raw companion");
    };
  }

  private static Type ancestor() {
    return Types.requiredGroup()
        .addField(Types.required(INT32).named("pid"))
        .addField(Types.required(INT64).named("start"))
        .addField(Types.required(BINARY).as(stringType()).named("comm"))
        .addField(Types.optional(BINARY).as(stringType()).named("exe"))
        .named(ELEMENT);
  }

  private static Type list(Repetition repetition, String name, Type element) {
    return Types.list(repetition).element(element).named(name);
  }
}
