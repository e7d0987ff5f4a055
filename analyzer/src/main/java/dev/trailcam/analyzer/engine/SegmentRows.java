// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads segments row by row, in the order in which they were sealed: to hash what they say, and to
 * write many of them into one file. Works in an engine of its own; errors are as those of {@link
 * Engine}.
 */
public final class SegmentRows implements AutoCloseable {
  /** What one column of so many rows takes has to fit into memory. */
  private static final long ROWS_PER_QUERY = 100_000;

  /** The engine keeps what each file's footer says, and does not count it. */
  private static final int SEGMENTS_PER_QUERY = 64;

  /** All columns of so many rows are in memory until they are written. */
  private static final int ROWS_PER_GROUP = 61_440;

  private static final String NUMBER =
      "CAST(regexp_extract(trailcam_file, '-([0-9]+)\\.parquet$', 1) AS INTEGER)";

  private final Session session;
  private int linked;

  private SegmentRows(Session session) {
    this.session = session;
  }

  /**
   * Starts an engine; to be closed. It has one thread, whatever the options say: rows come in their
   * order, and the bytes of a file depend on the rows alone.
   */
  public static SegmentRows open(EngineOptions options) {
    return Engine.run(
        () ->
            new SegmentRows(
                new Session(new EngineOptions(1, options.memory(), options.ruleTimeout()))));
  }

  /** Name and version of the engine. */
  public String engine() {
    return Engine.run(session::engine);
  }

  /**
   * Why the rows of segments cannot be kept as they are; those of which they can are not in the
   * result. Reads no rows.
   *
   * @param segments of one table, each in a file of its own
   */
  public Map<Segment, String> obstacles(List<Segment> segments) {
    return Engine.run(
        () -> {
          Map<Segment, String> obstacles = new LinkedHashMap<>();
          for (List<Segment> chunk : chunks(segments, Long.MAX_VALUE)) {
            try (Links links = new Links(chunk)) {
              SegmentReader reader = new SegmentReader(session, chunk.get(0).table());
              List<SegmentFile> files = links.files(chunk);
              Map<SegmentFile, String> bad = reader.open(files);
              for (int i = 0; i < files.size(); i++) {
                String why = bad.get(files.get(i));
                if (why == null && !reader.unknown(files.get(i)).isEmpty()) {
                  why =
                      "has columns that this version does not know: "
                          + String.join(", ", reader.unknown(files.get(i)));
                }
                if (why != null) {
                  obstacles.put(chunk.get(i), why);
                }
              }
            }
          }
          return obstacles;
        });
  }

  /**
   * Counts rows, and reads every value of every column for it.
   *
   * @param segments of one table, each in a file of its own without {@link #obstacles}
   * @return in the order of the segments
   */
  public List<Long> counts(List<Segment> segments) {
    return Engine.run(
        () -> {
          List<Long> counts = new ArrayList<>();
          for (List<Segment> chunk : chunks(segments, Long.MAX_VALUE)) {
            try (Links links = new Links(chunk)) {
              Table table = chunk.get(0).table();
              int before = counts.size();
              counts.addAll(Collections.nCopies(chunk.size(), 0L));
              session.query(
                  "SELECT "
                      + NUMBER
                      + ", count(*), "
                      + links.columns(table).stream()
                          .map(name -> "count(" + identifier(name) + ")")
                          .collect(Collectors.joining(", "))
                      + " FROM "
                      + links.read(", filename = 'trailcam_file'")
                      + " GROUP BY 1",
                  row -> counts.set(before + row.getInt(1), row.getLong(2)));
            }
          }
          return counts;
        });
  }

  /**
   * Whether parts of a compacted file say in each row and column what segments say. Compares value
   * by value.
   *
   * @param segments of one table, each in a file of its own without {@link #obstacles}
   * @param first the part that the first of the segments became; the others became the next ones
   */
  public boolean same(List<Segment> segments, Path file, int first) {
    return Engine.run(
        () -> {
          int part = first;
          for (List<Segment> chunk : chunks(segments, Long.MAX_VALUE)) {
            if (!sameChunk(chunk, file, part)) {
              return false;
            }
            part += chunk.size();
          }
          return true;
        });
  }

  private boolean sameChunk(List<Segment> segments, Path file, int first)
      throws SQLException, IOException {
    Table table = segments.get(0).table();
    SegmentSchema schema = SegmentSchema.of(table);
    try (Links originals = new Links(segments);
        Links compacted = new Links(table, file)) {
      // Side by side as they come: an order that is not the same on both sides is a difference.
      return session.number(
              "SELECT count(*) FROM (SELECT *, "
                  + NUMBER
                  + " AS "
                  + RowEncoding.PART
                  + " FROM ("
                  + originals.select(table)
                  + ")) AS o POSITIONAL JOIN (SELECT "
                  + schema.selection(compacted.columns(table), schema.names())
                  + ", trailcam_part - "
                  + first
                  + " AS "
                  + RowEncoding.PART
                  + " FROM "
                  + compacted.read("")
                  + " WHERE trailcam_part BETWEEN "
                  + first
                  + " AND "
                  + (first + segments.size() - 1)
                  + ") AS c WHERE "
                  + Stream.concat(schema.names().stream(), Stream.of(RowEncoding.PART))
                      .map(Session::identifier)
                      .map(name -> "o." + name + " IS DISTINCT FROM c." + name)
                      .collect(Collectors.joining(" OR ")))
          == 0;
    }
  }

  /**
   * Hashes what the rows of a compacted file say.
   *
   * @param rows of each part, as far as is known; decides only how much is read at once
   * @return of each part from 0 on, and behind them how many rows belong to no part
   * @throws EngineException also if the file does not hold the table
   */
  public PartDigests digests(Table table, Path file, List<Long> rows) {
    return Engine.run(
        () -> {
          try (Links links = new Links(table, file)) {
            Set<String> present = links.columns(table);
            if (!present.contains(SegmentFile.PART)) {
              throw new EngineException("lacks column " + SegmentFile.PART, null);
            }
            String from = " FROM " + links.read(", file_row_number = true");
            List<Long> starts = starts(rows.size(), from);
            List<RowDigest> digests = new ArrayList<>();
            int next = 0;
            while (next < rows.size()) {
              int first = next;
              long sum = rows.get(next++);
              while (next < rows.size()
                  && next - first < SEGMENTS_PER_QUERY
                  && sum + rows.get(next) <= ROWS_PER_QUERY) {
                sum += rows.get(next++);
              }
              digests.addAll(
                  new DigestRun(
                          session,
                          next - first,
                          RowEncoding.of(table),
                          present,
                          "SELECT *, trailcam_part - "
                              + first
                              + " AS "
                              + RowEncoding.PART
                              + ", file_row_number - list_extract("
                              + starts.subList(first, next)
                              + ", trailcam_part - "
                              + (first - 1)
                              + ") AS "
                              + RowEncoding.ROW
                              + from
                              + " WHERE trailcam_part BETWEEN "
                              + first
                              + " AND "
                              + (next - 1))
                      .read());
            }
            long foreign =
                session.number(
                    "SELECT count(*)"
                        + from
                        + " WHERE trailcam_part IS NULL OR trailcam_part NOT BETWEEN 0 AND "
                        + (rows.size() - 1));
            return new PartDigests(digests, foreign);
          }
        });
  }

  /**
   * Where each part begins.
   *
   * @throws EngineException if the rows of one do not lie together
   */
  private List<Long> starts(int parts, String from) throws SQLException {
    List<Long> starts = new ArrayList<>(Collections.nCopies(parts, 0L));
    session.query(
        "SELECT trailcam_part, min(file_row_number), max(file_row_number) + 1 - count(*)"
            + from
            + " WHERE trailcam_part BETWEEN 0 AND "
            + (parts - 1)
            + " GROUP BY trailcam_part ORDER BY trailcam_part",
        row -> {
          if (row.getLong(2) != row.getLong(3)) {
            throw new EngineException(
                "the rows of part " + row.getInt(1) + " do not lie together", null);
          }
          starts.set(row.getInt(1), row.getLong(2));
        });
    return starts;
  }

  /**
   * Writes segments into one file, as its parts in their order.
   *
   * @param segments of one table, each in a file of its own without {@link #obstacles}
   * @param target is written over; its owner makes it durable
   */
  public void write(List<Segment> segments, Path target) {
    Engine.run(
        () -> {
          Table table = segments.get(0).table();
          SegmentSchema schema = SegmentSchema.of(table);
          Path directory = session.directory().link("out-" + linked++, target.getParent());
          try (Links links = new Links(segments)) {
            session.execute(
                "COPY (SELECT "
                    + schema.names(schema.names())
                    + ", "
                    + NUMBER
                    + " AS "
                    + identifier(CompactionLayout.PART)
                    + " FROM ("
                    + links.select(table)
                    + ")) TO "
                    + literal(directory.resolve(target.getFileName()))
                    + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE "
                    + ROWS_PER_GROUP
                    + ")");
          } finally {
            Files.delete(directory);
          }
          return null;
        });
  }

  private static List<List<Segment>> chunks(List<Segment> segments, long most) {
    List<List<Segment>> chunks = new ArrayList<>();
    long rows = 0;
    for (Segment segment : segments) {
      rows += segment.entry().rows();
      if (chunks.isEmpty()
          || rows > most
          || chunks.get(chunks.size() - 1).size() == SEGMENTS_PER_QUERY) {
        chunks.add(new ArrayList<>());
        rows = segment.entry().rows();
      }
      chunks.get(chunks.size() - 1).add(segment);
    }
    return chunks;
  }

  @Override
  public void close() {
    Engine.run(
        () -> {
          session.close();
          return null;
        });
  }

  /** Names of ours for files, as long as a query needs them. */
  private final class Links implements AutoCloseable {
    private final List<Path> paths = new ArrayList<>();

    Links(Table table, Path file) throws IOException {
      add(table, 0, file);
    }

    Links(List<Segment> segments) throws IOException {
      for (int i = 0; i < segments.size(); i++) {
        add(segments.get(i).table(), i, segments.get(i).file());
      }
    }

    private void add(Table table, int number, Path file) throws IOException {
      String name = table.filePrefix() + "-" + linked++ + "-" + number + ".parquet";
      paths.add(session.directory().link(name, file));
    }

    /** Each of the segments in its file. */
    List<SegmentFile> files(List<Segment> segments) {
      List<SegmentFile> files = new ArrayList<>();
      for (int i = 0; i < paths.size(); i++) {
        SortedMap<Integer, Segment> one = new TreeMap<>(Map.of(i, segments.get(i)));
        files.add(new SegmentFile(segments.get(i).table(), paths.get(i), i, false, one));
      }
      return files;
    }

    /**
     * The columns that there are.
     *
     * @throws EngineException if they are not those of the table
     */
    Set<String> columns(Table table) throws SQLException {
      Map<String, String> types = new TreeMap<>();
      session.query(
          "DESCRIBE SELECT * FROM " + read(""),
          row -> types.put(row.getString(1), row.getString(2)));
      String mismatch = SegmentSchema.of(table).mismatch(types);
      if (!mismatch.isEmpty()) {
        throw new EngineException("does not hold the table it should: " + mismatch, null);
      }
      return types.keySet();
    }

    /** Every column of the table, and the name of the file. */
    String select(Table table) throws SQLException {
      SegmentSchema schema = SegmentSchema.of(table);
      return "SELECT "
          + schema.selection(columns(table), schema.names())
          + ", trailcam_file FROM "
          + read(", filename = 'trailcam_file'");
    }

    String read(String more) {
      return paths.stream()
          .map(Session::literal)
          .collect(
              Collectors.joining(
                  ", ",
                  "read_parquet([",
                  "], hive_partitioning = false, union_by_name = "
                      + (paths.size() > 1)
                      + more
                      + ")"));
    }

    @Override
    public void close() throws IOException {
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }
}
