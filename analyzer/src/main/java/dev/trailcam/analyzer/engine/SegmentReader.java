// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Knows which columns the files of one table have, and reads them: names, columns and types stated,
 * nothing guessed from paths. A row's key is its segment's number and its place in the file.
 */
final class SegmentReader {
  /** Column of a row's segment. */
  static final String SEGMENT = "trailcam_segment";

  /** Column of a row's key; unique in a table, whatever was read of it. */
  static final String KEY = "trailcam_key";

  private static final long KEYS_PER_SEGMENT = 1L << 32;

  private final Session session;
  private final SegmentSchema schema;
  private final Map<Path, Shape> shapes = new HashMap<>();
  private final List<SegmentFile> opened = new ArrayList<>();
  private final Map<String, Shape> known = new HashMap<>();

  /** What files with one and the same Parquet schema have in common. */
  private record Shape(
      String mismatch, Set<String> present, Set<String> optional, Set<String> unknown) {}

  SegmentReader(Session session, Table table) {
    this.session = session;
    this.schema = SegmentSchema.of(table);
  }

  SegmentSchema schema() {
    return schema;
  }

  /**
   * Looks at the schema of files.
   *
   * @return what is wrong with those that cannot be read
   */
  Map<SegmentFile, String> open(List<SegmentFile> files) {
    Map<SegmentFile, String> bad = new LinkedHashMap<>();
    Map<SegmentFile, String> prints = fingerprints(files, bad);
    for (SegmentFile file : files) {
      String print = prints.get(file);
      if (print == null) {
        bad.putIfAbsent(file, "is no readable Parquet file");
        continue;
      }
      try {
        Shape shape = known.get(print);
        if (shape == null) {
          shape = shape(file);
          known.put(print, shape);
        }
        if (shape.mismatch().isEmpty()) {
          shapes.put(file.link(), shape);
          opened.add(file);
        } else {
          bad.put(file, "does not hold the table it should: " + shape.mismatch());
        }
      } catch (SQLException e) {
        bad.put(file, unreadable(e));
      }
    }
    return bad;
  }

  /** One question for all files; each alone only where one of them cannot be read. */
  private Map<SegmentFile, String> fingerprints(
      List<SegmentFile> files, Map<SegmentFile, String> bad) {
    Map<String, SegmentFile> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file.link().toString(), file));
    Map<SegmentFile, String> prints = new HashMap<>();
    if (files.isEmpty()) {
      return prints;
    }
    try {
      session.query(
          "SELECT file_name, md5(string_agg(concat_ws('|', name, type, repetition_type,"
              + " num_children, converted_type, logical_type), chr(10))) FROM parquet_schema("
              + paths(files)
              + ") GROUP BY file_name",
          row -> prints.put(byPath.get(row.getString(1)), row.getString(2)));
    } catch (SQLException e) {
      prints.clear();
      if (files.size() == 1) {
        bad.put(files.get(0), unreadable(e));
        return prints;
      }
      for (SegmentFile file : files) {
        prints.putAll(fingerprints(List.of(file), bad));
      }
    }
    return prints;
  }

  private Shape shape(SegmentFile file) throws SQLException {
    Map<String, String> types = new TreeMap<>();
    session.query(
        "DESCRIBE SELECT * FROM " + readParquet(List.of(file), ""),
        row -> types.put(row.getString(1), row.getString(2)));
    String mismatch = schema.mismatch(types);
    if (file.parted() && !"INTEGER".equals(types.get(SegmentFile.PART))) {
      mismatch = "lacks column " + SegmentFile.PART;
    }
    Set<String> present = schema.present(types);
    Set<String> unknown = new TreeSet<>(types.keySet());
    unknown.removeAll(present);
    return new Shape(mismatch, present, optional(file), unknown);
  }

  /** Columns of the top level that may lack a value, as far as Parquet is concerned. */
  private Set<String> optional(SegmentFile file) throws SQLException {
    Set<String> optional = new TreeSet<>();
    long[] deeper = new long[1]; // nodes that belong to the column before
    boolean[] root = {true};
    session.query(
        "SELECT name, repetition_type, coalesce(num_children, 0) FROM parquet_schema("
            + literal(file.link())
            + ")",
        row -> {
          if (root[0]) {
            root[0] = false;
          } else if (deeper[0] > 0) {
            deeper[0] += row.getLong(3) - 1;
          } else {
            deeper[0] = row.getLong(3);
            if (!"REQUIRED".equals(row.getString(2))) {
              optional.add(row.getString(1));
            }
          }
        });
    return optional;
  }

  /** Files that could be opened, in their order. */
  List<SegmentFile> files() {
    return List.copyOf(opened);
  }

  /** Columns of an opened file that this version does not know. */
  Set<String> unknown(SegmentFile file) {
    return shapes.get(file.link()).unknown();
  }

  /** Mandatory columns that some of these files do not promise to fill. */
  Set<String> doubtful(Collection<SegmentFile> files) {
    Set<String> optional =
        known.values().stream()
            .flatMap(shape -> shape.optional().stream())
            .collect(Collectors.toSet());
    return schema.columns().stream()
        .filter(column -> column.mandatory() && optional.contains(column.name()))
        .map(SegmentSchema.Stored::name)
        .collect(Collectors.toSet());
  }

  /**
   * A query for columns of files, with {@link #SEGMENT} and {@link #KEY}; rows of parts that nobody
   * asked for are left out.
   */
  String select(Collection<SegmentFile> files, Set<String> columns) {
    Map<String, List<SegmentFile>> groups = new TreeMap<>();
    for (SegmentFile file : files) {
      groups
          .computeIfAbsent(
              file.parted() + " " + shapes.get(file.link()).present(), key -> new ArrayList<>())
          .add(file);
    }
    return groups.values().stream()
        .map(group -> selectAlike(group, columns))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String selectAlike(List<SegmentFile> files, Set<String> columns) {
    SegmentFile first = files.get(0);
    String segment =
        "CAST(regexp_extract(trailcam_file, '-([0-9]+)\\.parquet$', 1) AS INTEGER)"
            + (first.parted() ? " + " + SegmentFile.PART : "");
    String names = schema.selection(shapes.get(first.link()).present(), columns);
    return "SELECT "
        + (names.isEmpty() ? "" : names + ", ")
        + segment
        + " AS "
        + SEGMENT
        + ", CAST("
        + SEGMENT
        + " AS BIGINT) * "
        + KEYS_PER_SEGMENT
        + " + file_row_number AS "
        + KEY
        + " FROM "
        + readParquet(files, ", filename = 'trailcam_file', file_row_number = true")
        + (first.parted() ? " WHERE " + wanted(files, segment) : "");
  }

  private static String wanted(List<SegmentFile> files, String segment) {
    return segment
        + " IN ("
        + files.stream()
            .flatMap(file -> file.segments().keySet().stream())
            .map(number -> Integer.toString(number))
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String readParquet(List<SegmentFile> files, String more) {
    return "read_parquet("
        + paths(files)
        + ", hive_partitioning = false, union_by_name = false"
        + more
        + ")";
  }

  private static String paths(List<SegmentFile> files) {
    return files.stream()
        .map(file -> literal(file.link()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** How many bytes of each file these columns take. */
  Map<SegmentFile, Long> bytes(List<SegmentFile> files, Set<String> columns) throws SQLException {
    Map<String, SegmentFile> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file.link().toString(), file));
    Map<SegmentFile, Long> bytes = new HashMap<>();
    session.query(
        "SELECT file_name, sum(total_compressed_size) FROM parquet_metadata("
            + paths(files)
            + ") WHERE split_part(path_in_schema, ', ', 1) IN ("
            + columns.stream().map(Session::literal).collect(Collectors.joining(", ", "'', ", ""))
            + ") GROUP BY file_name",
        row -> bytes.put(byPath.get(row.getString(1)), row.getLong(2)));
    return bytes;
  }

  /** What is wrong with a file that the engine could not read; our name for it is no news. */
  static String unreadable(SQLException e) {
    return "is no readable Parquet file: "
        + SqlMessage.firstLine(e).replaceAll("file '[a-z]+-[0-9]+\\.parquet'", "the file");
  }

  /** The one file of these that cannot be read, for these columns. */
  Optional<SegmentFile> culprit(Collection<SegmentFile> files, Set<String> columns) {
    for (SegmentFile file : files) {
      try {
        probe(file, columns);
      } catch (SQLException e) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private void probe(SegmentFile file, Set<String> columns) throws SQLException {
    session.query(
        "SELECT count(COLUMNS(*)) FROM (" + select(List.of(file), columns) + ")", row -> {});
  }

  /** The number of the segment that a key belongs to. */
  static int segmentOf(long key) {
    return (int) (key / KEYS_PER_SEGMENT);
  }
}
