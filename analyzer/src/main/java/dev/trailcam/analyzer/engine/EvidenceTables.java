// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the intact segments of captures into the tables {@code raw_…}, one for each {@link Table},
 * and {@code raw_captures}. Each file is read once, whole, before any rule runs; a file that does
 * not hold what it should is set aside with a problem that names it.
 *
 * <p>{@code staged_…} holds the same rows with the number of their segment; rules do not see them.
 */
final class EvidenceTables {

  /**
   * A segment on its way into a table.
   *
   * @param capture index of its capture
   * @param number its number in {@code staged_…}, unique
   * @param link name in the private directory
   */
  private record Staged(int capture, int number, Segment segment, String link) {}

  private final Session session;
  private final Progress progress;
  private final List<Capture> captures;
  private final List<Staged> staged = new ArrayList<>();
  private final Map<Staged, String> bad = new LinkedHashMap<>();

  private EvidenceTables(Session session, CaptureSet set, Progress progress) {
    this.session = session;
    this.progress = progress;
    this.captures = set.captures();
  }

  /**
   * Fills the tables.
   *
   * @return the same captures, with what turned out to be malformed set aside
   */
  static LoadedEvidence load(Session session, CaptureSet set, Progress progress)
      throws SQLException, IOException {
    return new EvidenceTables(session, set, progress).load();
  }

  private LoadedEvidence load() throws SQLException, IOException {
    Map<Path, Integer> numbers = new HashMap<>();
    int next = 0;
    for (int i = 0; i < captures.size(); i++) {
      for (Segment segment : captures.get(i).segments()) {
        Integer first = numbers.get(segment.file());
        if (first == null) {
          first = next;
          next += segment.part().isPresent() ? parts(segment.file()) : 1;
          numbers.put(segment.file(), first);
          session.directory().link(link(segment, first), segment.file());
        }
        staged.add(new Staged(i, first + segment.part().orElse(0), segment, link(segment, first)));
      }
    }
    for (Table table : Table.values()) {
      read(table);
    }
    List<Capture> loaded = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      loaded.add(afterLoading(i));
    }
    CaptureTable.create(session, loaded);
    Map<Integer, Segment> segments = new HashMap<>();
    staged.forEach(file -> segments.put(file.number(), file.segment()));
    return new LoadedEvidence(loaded, segments);
  }

  private static String link(Segment segment, int number) {
    return segment.table().filePrefix() + "-" + number + ".parquet";
  }

  /** How many numbers a compacted file needs: its highest part that anybody wants, and one. */
  private int parts(Path file) {
    return 1
        + captures.stream()
            .flatMap(capture -> capture.segments().stream())
            .filter(segment -> segment.file().equals(file))
            .mapToInt(segment -> segment.part().orElse(0))
            .max()
            .orElse(0);
  }

  /** Creates both forms of a table, empty. */
  static SegmentSchema create(Session session, Table table) throws SQLException {
    SegmentSchema schema = SegmentSchema.of(table);
    String staged = "staged_" + table.sqlName();
    session.execute(
        "CREATE TABLE " + staged + " (" + schema.definition() + ", segment INTEGER NOT NULL)");
    session.execute(
        "CREATE VIEW raw_" + table.sqlName() + " AS SELECT " + schema.names() + " FROM " + staged);
    return schema;
  }

  private Capture afterLoading(int index) {
    Capture capture = captures.get(index);
    List<Segment> segments = new ArrayList<>();
    List<EvidenceProblem> problems = new ArrayList<>();
    bad.forEach(
        (file, message) -> {
          if (file.capture() == index) {
            segments.add(file.segment());
            problems.add(
                new EvidenceProblem(
                    capture.path() + "/" + file.segment().entry().file(),
                    EvidenceProblem.Kind.SEGMENT_MALFORMED,
                    message));
          }
        });
    return capture.without(segments, problems);
  }

  private void read(Table table) throws SQLException {
    SegmentSchema schema = create(session, table);
    String target = "staged_" + table.sqlName();
    Map<Set<String>, List<Staged>> groups = new LinkedHashMap<>();
    for (Staged file : staged) {
      if (file.segment().table() == table) {
        columns(schema, file, groups);
      }
    }
    for (Map.Entry<Set<String>, List<Staged>> group : groups.entrySet()) {
      insert(target, schema, group.getKey(), group.getValue());
    }
    compareWithManifest(table, target, schema);
  }

  private void columns(SegmentSchema schema, Staged file, Map<Set<String>, List<Staged>> groups) {
    boolean parted = file.segment().part().isPresent();
    for (List<Staged> group : groups.values()) {
      if (parted && group.get(0).link().equals(file.link())) {
        group.add(file);
        return;
      }
    }
    Map<String, String> types = new TreeMap<>();
    try {
      session.query(
          "DESCRIBE SELECT * FROM " + readParquet(List.of(file), false),
          row -> types.put(row.getString(1), row.getString(2)));
    } catch (SQLException e) {
      bad.put(file, unreadable(e));
      return;
    }
    String mismatch = schema.mismatch(types);
    if (mismatch.isEmpty()) {
      Set<String> present = schema.present(types);
      if (parted) {
        present.add(CompactionLayout.PART);
        // Each compacted file is a group of its own: see insertion.
        present.add(file.link());
      }
      groups.computeIfAbsent(present, columns -> new ArrayList<>()).add(file);
    } else {
      bad.put(file, "does not hold the table it should: " + mismatch);
    }
  }

  /** All files at once is the fast way; file by file finds out which of them is bad. */
  private void insert(String target, SegmentSchema schema, Set<String> present, List<Staged> files)
      throws SQLException {
    progress.at("reading " + files.size() + " segments", 0, 0);
    try {
      session.execute(insertion(target, schema, present, files));
      return;
    } catch (SQLException e) {
      if (files.size() == 1) {
        bad.put(files.get(0), unreadable(e));
        return;
      }
    }
    for (Staged file : files) {
      insert(target, schema, present, List.of(file));
    }
  }

  private String insertion(
      String target, SegmentSchema schema, Set<String> present, List<Staged> files) {
    String prefix = files.get(0).segment().table().filePrefix() + "-";
    String part = present.contains(CompactionLayout.PART) ? " + " + CompactionLayout.PART : "";
    return "INSERT INTO "
        + target
        + " SELECT "
        + schema.selection(present)
        + ", CAST(regexp_extract(trailcam_file, "
        + literal(prefix + "([0-9]+)\\.parquet$")
        + ", 1) AS INTEGER)"
        + part
        + " FROM "
        + readParquet(files, true)
        + (part.isEmpty() ? "" : " WHERE " + CompactionLayout.PART + " IN (" + parts(files) + ")");
  }

  private static String parts(List<Staged> files) {
    return files.stream()
        .map(file -> Integer.toString(file.segment().part().orElseThrow()))
        .collect(Collectors.joining(", "));
  }

  private String readParquet(List<Staged> files, boolean filename) {
    Set<String> paths = new LinkedHashSet<>();
    for (Staged file : files) {
      paths.add(literal(session.directory().path().resolve(file.link())));
    }
    return "read_parquet(["
        + String.join(", ", paths)
        + "], hive_partitioning = false, union_by_name = false"
        + (filename ? ", filename = 'trailcam_file'" : "")
        + ")";
  }

  /** The hash says that the file is the sealed one; this says that what was sealed is sound. */
  private void compareWithManifest(Table table, String target, SegmentSchema schema)
      throws SQLException {
    Map<Integer, Long> rows = new HashMap<>();
    session.query(
        "SELECT segment, count(*) FROM " + target + " GROUP BY segment",
        row -> rows.put(row.getInt(1), row.getLong(2)));
    Map<Integer, Long> foreign = foreignRows(table, target, schema);
    List<String> remove = new ArrayList<>();
    for (Staged file : staged) {
      if (file.segment().table() != table || bad.containsKey(file)) {
        continue;
      }
      long expected = file.segment().entry().rows();
      long actual = rows.getOrDefault(file.number(), 0L);
      if (actual != expected) {
        bad.put(file, "holds " + actual + " rows, the manifest says " + expected);
      } else if (foreign.containsKey(file.number())) {
        bad.put(
            file,
            "holds "
                + foreign.get(file.number())
                + " rows that lack a mandatory value or name another capture, host or environment");
      } else {
        continue;
      }
      remove.add(Integer.toString(file.number()));
    }
    if (!remove.isEmpty()) {
      session.execute(
          "DELETE FROM " + target + " WHERE segment IN (" + String.join(", ", remove) + ")");
    }
  }

  private Map<Integer, Long> foreignRows(Table table, String target, SegmentSchema schema)
      throws SQLException {
    Map<Integer, Long> foreign = new HashMap<>();
    if (staged.isEmpty()) {
      return foreign;
    }
    List<String> values = new ArrayList<>();
    for (Staged file : staged) {
      var start = captures.get(file.capture()).manifest().start();
      values.add(
          "("
              + file.number()
              + ", "
              + text(start.captureId())
              + ", "
              + text(start.host())
              + ", "
              + text(start.bootId())
              + ", "
              + text(start.environment())
              + ")");
    }
    List<String> names = table.storedColumns().stream().map(Column::columnName).toList();
    String differs =
        Stream.of("capture_id", "host", "boot_id", "environment")
            .filter(names::contains)
            .map(column -> "s." + identifier(column) + " IS DISTINCT FROM m." + column)
            .reduce((a, b) -> a + " OR " + b)
            .orElseThrow();
    session.query(
        "SELECT s.segment, count(*) FROM (SELECT *, "
            + schema.lacksMandatory()
            + " AS lacking FROM "
            + target
            + ") s JOIN (VALUES "
            + String.join(", ", values)
            + ") m(segment, capture_id, host, boot_id, environment) ON s.segment = m.segment WHERE"
            + " s.lacking OR "
            + differs
            + " GROUP BY s.segment",
        row -> foreign.put(row.getInt(1), row.getLong(2)));
    return foreign;
  }

  /** Text from a manifest; U+0000 is no part of any id, and would end the literal early. */
  private static String text(String value) {
    return value == null ? "NULL::VARCHAR" : literal(value.replace("\0", "\uFFFD"));
  }

  private static String unreadable(SQLException e) {
    return "is no readable Parquet file: " + SqlMessage.firstLine(e);
  }
}
