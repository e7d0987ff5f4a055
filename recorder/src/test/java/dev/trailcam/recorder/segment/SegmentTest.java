// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.LossColumn;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
  private static final byte[] LATIN_1 = {'c', 'a', 'f', (byte) 0xe9};

  @TempDir Path dir;

  @Test
  void anyRows_comeBackAsTheyWere() throws IOException {
    Random random = new Random(1);
    List<String> written = write(Table.EXECS, 1_000, row -> fillRandomly(Table.EXECS, row, random));
    assertEquals(written, read(Table.EXECS));
  }

  @Test
  void moreRowsThanAGroupHolds_comeBack() throws IOException {
    Random random = new Random(2);
    int rows = 131_072 + 1_000;
    SegmentWriter writer = SegmentWriter.create(file(), Table.EXECS, "c");
    try (writer) {
      Row row = new Row(Table.EXECS);
      for (int i = 0; i < rows; i++) {
        fillMostly(row, i, random);
        writer.write(row);
      }
    }
    writer.verify(file(), Table.EXECS);
    assertEquals(rows, writer.rows());
  }

  @Test
  void noRows_areAFile() throws IOException {
    assertEquals(List.of(), write(Table.LOSSES, 0, row -> {}));
    assertEquals(List.of(), read(Table.LOSSES));
  }

  @Test
  void nullWhereNoneMayBe_isRefused() throws IOException {
    Row row = new Row(Table.LOSSES);
    row.set(LossColumn.CAPTURE_ID, "c");
    try (SegmentWriter writer = SegmentWriter.create(file(), Table.LOSSES, "c")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.write(row));
      assertEquals("cpu must have a value", e.getMessage());
    }
  }

  @Test
  void file_isPrivate_andNeverOverwritten() throws IOException {
    SegmentWriter.create(file(), Table.LOSSES, "c").close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertThrows(
        FileAlreadyExistsException.class, () -> SegmentWriter.create(file(), Table.LOSSES, "c"));
  }

  @Test
  void flippedBytes_areFoundOrHarmless() throws IOException {
    Random random = new Random(3);
    SegmentWriter writer = SegmentWriter.create(file(), Table.LOSSES, "c");
    try (writer) {
      Row row = new Row(Table.LOSSES);
      for (int i = 0; i < 50; i++) {
        fillRandomly(Table.LOSSES, row, random);
        writer.write(row);
      }
    }
    writer.verify(file(), Table.LOSSES);
    byte[] whole = Files.readAllBytes(file());
    int found = 0;
    for (int at = 0; at < whole.length; at += 11) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), flipped);
      try {
        writer.verify(file(), Table.LOSSES);
      } catch (IOException e) {
        found++;
      }
    }
    // Statistics, names of encodings and the like are not values; SHA-256 covers them.
    assertTrue(found > whole.length / 44, found + " of " + whole.length);
  }

  @Test
  void linkInsteadOfAFile_isNotRead() throws IOException {
    write(Table.LOSSES, 0, row -> {});
    Path link = Files.createSymbolicLink(dir.resolve("link"), file());
    assertThrows(IOException.class, () -> SegmentReader.open(link, Table.LOSSES));
  }

  @Test
  void otherTable_isToldApart() throws IOException {
    write(Table.LOSSES, 0, row -> {});
    assertThrows(IOException.class, () -> SegmentReader.open(file(), Table.EXECS));
  }

  @Test
  void schema_isWhatTheFormatSays() {
    String schema = SegmentSchema.of(Table.EXECS).toString().replaceAll("\\s+", " ");
    for (String field :
        List.of(
            "required int64 ts (TIMESTAMP(MICROS,true));",
            "required int64 boot_ns;",
            "optional binary machine_id (STRING);",
            "required binary comm (STRING);",
            "optional binary comm_raw;",
            "required boolean argv_truncated;",
            "optional group argv (LIST) { repeated group list { required binary element (STRING); } }",
            "optional group argv_raw (LIST) { repeated group list { required binary element; } }",
            "required group ancestors (LIST) { repeated group list { required group element {"
                + " required int32 pid; required int64 start; required binary comm (STRING);"
                + " optional binary exe (STRING); } } }")) {
      assertTrue(schema.contains(field), field + " is missing in " + schema);
    }
    assertEquals(9, SegmentSchema.of(Table.LOSSES).getFieldCount());
    assertEquals(8, SegmentSchema.of(Table.LOSSES, 1).getFieldCount());
  }

  @Test
  void readableForm_hasReplacementCharacters() {
    assertEquals("caf\ufffd", new String(StoredText.readable(LATIN_1), UTF_8));
    byte[] good = "caf\u00e9 \ufffd".getBytes(UTF_8);
    assertTrue(StoredText.isReadable(good));
  }

  private Path file() {
    return dir.resolve("segment.parquet");
  }

  private interface Fill {
    void fill(Row row);
  }

  private List<String> write(Table table, int rows, Fill fill) throws IOException {
    List<String> written = new ArrayList<>();
    Row row = new Row(table);
    SegmentWriter writer = SegmentWriter.create(file(), table, "c");
    try (writer) {
      for (int i = 0; i < rows; i++) {
        fill.fill(row);
        writer.write(row);
        written.add(show(table, row));
      }
    }
    writer.verify(file(), table);
    return written;
  }

  private List<String> read(Table table) throws IOException {
    List<String> rows = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.open(file(), table)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows.add(show(table, row));
      }
    }
    return rows;
  }

  private static String show(Table table, Row row) {
    StringBuilder text = new StringBuilder();
    for (Column column : table.storedColumns()) {
      text.append(show(row.get(column))).append('|');
    }
    return text.toString();
  }

  private static String show(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SegmentTest::show).toList().toString();
    }
    return String.valueOf(value);
  }

  private static void fillRandomly(Table table, Row row, Random random) {
    row.clear();
    for (Column column : table.storedColumns()) {
      if (!column.nullable() || random.nextInt(3) > 0) {
        row.set(column, randomValue(column.type(), random));
      }
    }
  }

  private static Object randomValue(ColumnType type, Random random) {
    return switch (type) {
      case BOOLEAN -> random.nextBoolean();
      case INT32 -> random.nextInt();
      case INT64, TIMESTAMP_MICROS -> random.nextLong();
      case STRING -> randomString(random);
      case STRING_LIST -> randomList(random, () -> randomString(random));
      case TEXT -> randomText(random);
      case TEXT_LIST -> randomList(random, () -> randomText(random));
      case ANCESTORS ->
          randomList(
              random,
              () ->
                  new AncestorEntry(
                      random.nextInt(),
                      random.nextLong(),
                      randomString(random),
                      random.nextBoolean() ? null : randomString(random)));
    };
  }

  private static List<Object> randomList(Random random, Supplier<Object> element) {
    List<Object> list = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      list.add(element.get());
    }
    return list;
  }

  private static String randomString(Random random) {
    return "\u00fc".repeat(random.nextInt(3)) + random.nextInt(50);
  }

  private static byte[] randomText(Random random) {
    byte[] text = randomString(random).getBytes(UTF_8);
    if (text.length > 0 && random.nextInt(4) == 0) {
      text[random.nextInt(text.length)] = (byte) random.nextInt();
    }
    return text;
  }

  private static void fillMostly(Row row, int i, Random random) {
    row.clear();
    for (Column column : Table.EXECS.storedColumns()) {
      switch (column.type()) {
        case BOOLEAN -> row.set(column, i % 7 == 0);
        case INT32 -> row.set(column, i);
        case INT64, TIMESTAMP_MICROS -> row.set(column, 1_000L * i + random.nextInt(1_000));
        case STRING -> row.set(column, "host");
        case TEXT -> row.set(column, LATIN_1);
        case TEXT_LIST -> row.set(column, List.of(LATIN_1, LATIN_1));
        case STRING_LIST, ANCESTORS -> row.set(column, List.of());
      }
    }
  }
}
