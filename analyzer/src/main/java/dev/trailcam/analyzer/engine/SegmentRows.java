// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads segments row by row, in the order in which they were sealed: to hash what they say, and to
 * write many of them into one file. Works in an engine of its own; errors are as those of {@link
 * Engine}.
 */
public final class SegmentRows implements AutoCloseable {
  /** What a query hands over is held in memory whole. */
  private static final long ROWS_PER_QUERY = 500_000;

  private static final int FILES_PER_QUERY = 2_000;
  private static final int ROWS_PER_GROUP = 122_880;
  private static final String NUMBER =
      "CAST(regexp_extract(trailcam_file, '-([0-9]+)\\.parquet$', 1) AS INTEGER)";

  private final Session session;
  private final EngineOptions options;
  private int linked;

  private SegmentRows(Session session, EngineOptions options) {
    this.session = session;
    this.options = options;
  }

  /** Starts an engine; to be closed. */
  public static SegmentRows open(EngineOptions options) {
    return Engine.run(() -> new SegmentRows(new Session(options), options));
  }

  /** Name and version of the engine. */
  public String engine() {
    return Engine.run(
        () -> {
          String[] version = new String[1];
          session.query("SELECT version()", row -> version[0] = "DuckDB " + row.getString(1));
          return version[0];
        });
  }

  /** Why a segment's rows cannot be kept as they are; empty when they can. Reads no rows. */
  public Optional<String> obstacle(Segment segment) {
    return Engine.run(
        () -> {
          try (Links links = new Links(List.of(segment))) {
            Map<String, String> types = new TreeMap<>();
            session.query(
                "DESCRIBE SELECT * FROM " + links.read(false, ""),
                row -> types.put(row.getString(1), row.getString(2)));
            SegmentSchema schema = SegmentSchema.of(segment.table());
            String mismatch = schema.mismatch(types);
            Set<String> unknown = new TreeSet<>(types.keySet());
            unknown.removeAll(schema.present(types));
            if (!mismatch.isEmpty()) {
              return Optional.of("does not hold the table it should: " + mismatch);
            }
            return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    "has columns that this version does not know: " + String.join(", ", unknown));
          } catch (SQLException e) {
            return Optional.of("is no readable Parquet file: " + SqlMessage.firstLine(e));
          }
        });
  }

  /**
   * Hashes what the rows of segments say.
   *
   * @param segments of one table, each in a file of its own without an {@link #obstacle}
   * @return in the order of the segments
   */
  public List<RowDigest> digests(List<Segment> segments) {
    return Engine.run(
        () -> {
          List<RowDigest> digests = new ArrayList<>();
          for (List<Segment> chunk : chunks(segments)) {
            try (Links links = new Links(chunk)) {
              Table table = chunk.get(0).table();
              digests.addAll(
                  digests(
                      chunk.size(),
                      "SELECT "
                          + NUMBER
                          + ", "
                          + RowEncoding.sha256(table)
                          + " FROM ("
                          + links.select(table)
                          + ")"));
            }
          }
          return digests;
        });
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
            String from = " FROM " + links.read(false, "");
            List<RowDigest> digests = new ArrayList<>();
            int next = 0;
            while (next < rows.size()) {
              int first = next;
              long sum = rows.get(next++);
              while (next < rows.size() && sum + rows.get(next) <= ROWS_PER_QUERY) {
                sum += rows.get(next++);
              }
              digests.addAll(
                  digests(
                      next - first,
                      "SELECT trailcam_part - "
                          + first
                          + ", "
                          + RowEncoding.sha256(table)
                          + from
                          + " WHERE trailcam_part BETWEEN "
                          + first
                          + " AND "
                          + (next - 1)));
            }
            long[] foreign = new long[1];
            session.query(
                "SELECT count(*)"
                    + from
                    + " WHERE trailcam_part IS NULL OR trailcam_part NOT BETWEEN 0 AND "
                    + (rows.size() - 1),
                row -> foreign[0] = row.getLong(1));
            return new PartDigests(digests, foreign[0]);
          }
        });
  }

  /**
   * Writes segments into one file, as its parts in their order.
   *
   * @param segments of one table, each in a file of its own without an {@link #obstacle}
   * @param target is written over; its owner makes it durable
   */
  public void write(List<Segment> segments, Path target) {
    Engine.run(
        () -> {
          Table table = segments.get(0).table();
          Path directory = session.directory().link("out-" + linked++, target.getParent());
          try (Links links = new Links(segments)) {
            // With one thread the bytes depend on the rows alone.
            session.execute("SET threads = 1");
            session.execute(
                "COPY (SELECT "
                    + SegmentSchema.of(table).names()
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
            session.execute(
                options.threads() > 0 ? "SET threads = " + options.threads() : "RESET threads");
            Files.delete(directory);
          }
          return null;
        });
  }

  private List<RowDigest> digests(int count, String query) throws SQLException {
    MessageDigest[] running = new MessageDigest[count];
    long[] rows = new long[count];
    session.query(
        query,
        row -> {
          int part = row.getInt(1);
          if (running[part] == null) {
            running[part] = sha256();
          }
          running[part].update(row.getString(2).getBytes(US_ASCII));
          running[part].update((byte) '\n');
          rows[part]++;
        });
    List<RowDigest> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] hash = (running[i] == null ? sha256() : running[i]).digest();
      digests.add(new RowDigest(rows[i], HexFormat.of().formatHex(hash)));
    }
    return digests;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static List<List<Segment>> chunks(List<Segment> segments) {
    List<List<Segment>> chunks = new ArrayList<>();
    long rows = 0;
    for (Segment segment : segments) {
      rows += segment.entry().rows();
      if (chunks.isEmpty()
          || rows > ROWS_PER_QUERY
          || chunks.get(chunks.size() - 1).size() == FILES_PER_QUERY) {
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

    /** Every column of the table, and the name of the file. */
    String select(Table table) throws SQLException {
      Set<String> present = new TreeSet<>();
      session.query(
          "DESCRIBE SELECT * FROM " + read(true, ""), row -> present.add(row.getString(1)));
      SegmentSchema schema = SegmentSchema.of(table);
      return "SELECT "
          + schema.selection(present, schema.names())
          + ", trailcam_file FROM "
          + read(true, ", filename = 'trailcam_file'");
    }

    String read(boolean mixed, String more) {
      return "read_parquet(["
          + String.join(", ", paths.stream().map(Session::literal).toList())
          + "], hive_partitioning = false, union_by_name = "
          + mixed
          + more
          + ")";
    }

    @Override
    public void close() throws IOException {
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }
}
