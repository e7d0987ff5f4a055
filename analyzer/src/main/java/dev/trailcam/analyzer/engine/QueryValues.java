// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/** Values of a result as {@link dev.trailcam.analyzer.query.QueryRows} promises them. */
final class QueryValues {
  /** Six digits of a second: what most of the engine's times have. */
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private static final DateTimeFormatter LOCAL_NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

  private static final String PLAIN_TIME = "TIMESTAMP";

  private final boolean[] plainTimes;

  private final Arguments arguments;

  QueryValues(ResultSetMetaData columns, Arguments arguments) throws SQLException {
    this.arguments = arguments;
    plainTimes = new boolean[columns.getColumnCount()];
    for (int i = 0; i < plainTimes.length; i++) {
      plainTimes[i] = columns.getColumnTypeName(i + 1).equals(PLAIN_TIME);
    }
  }

  /** The row a result stands at. */
  List<Object> row(ResultSet row) throws SQLException {
    List<Object> values = new ArrayList<>(plainTimes.length);
    for (int i = 0; i < plainTimes.length; i++) {
      // The driver makes others depend on the time zone of the machine.
      values.add(
          value(plainTimes[i] ? row.getObject(i + 1, LocalDateTime.class) : row.getObject(i + 1)));
    }
    return values;
  }

  private Object value(Object value) throws SQLException {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float fraction) {
      return Double.valueOf(fraction.toString()); // 0.1 and not 0.10000000149011612
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof OffsetDateTime time) {
      return utc(time.toInstant());
    }
    if (value instanceof LocalDateTime time) {
      return local(time);
    }
    if (value instanceof Timestamp time) {
      return local(time.toLocalDateTime());
    }
    if (value instanceof Array list) {
      Object[] values = (Object[]) list.getArray();
      return texts(values) ? List.copyOf(arguments.shown(Arguments.recorded(list))) : list(values);
    }
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (value instanceof Struct struct) {
      return list(struct.getAttributes());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Blob bytes) {
      return HexFormat.of().formatHex(bytes.getBytes(1, (int) bytes.length()));
    }
    return arguments.shown(value.toString());
  }

  /** Whether it may be the arguments of one execution, of which one may say what the next is. */
  private static boolean texts(Object[] values) {
    return Arrays.stream(values).allMatch(String.class::isInstance);
  }

  private static String utc(Instant time) {
    return local(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + "Z";
  }

  private static String local(LocalDateTime time) {
    return (time.get(ChronoField.NANO_OF_SECOND) % 1_000 == 0 ? LOCAL : LOCAL_NANOS).format(time);
  }

  private List<Object> list(Object[] values) throws SQLException {
    List<Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(value(value));
    }
    return list;
  }

  private Map<String, Object> map(Map<?, ?> values) throws SQLException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(value(entry.getKey())), value(entry.getValue()));
    }
    return map;
  }
}
