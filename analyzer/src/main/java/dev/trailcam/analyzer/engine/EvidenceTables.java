// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the intact segments of captures into tables, a batch of files at a time and only what is
 * needed of them. A file that does not hold what it should is set aside with a problem that names
 * it.
 */
final class EvidenceTables {
  /** Rows of a batch at most, so that progress shows. */
  private static final long BATCH_ROWS = Long.getLong("trailcam.batch.rows", 1_000_000);

  /** A batch is in memory as a whole: so many bytes for a value, and three times in the making. */
  private static final long VALUE_BYTES = 64;

  private final Session session;
  private final List<Capture> captures;
  private final Progress progress;
  private final RunStatistics statistics;
  private final Map<Table, List<SegmentFile>> files = new EnumMap<>(Table.class);
  private final Map<Integer, Segment> segments = new HashMap<>();
  private final SortedMap<Integer, Integer> captureOf = new TreeMap<>();
  private final Map<Integer, String> bad = new LinkedHashMap<>();
  private final Map<Table, SegmentReader> readers = new EnumMap<>(Table.class);
  private boolean trusted;
  private int next;

  EvidenceTables(
      Session session, List<Capture> captures, Progress progress, RunStatistics statistics) {
    this.session = session;
    this.captures = captures;
    this.progress = progress;
    this.statistics = statistics;
  }

  /** Rows that we wrote ourselves need not agree with a manifest. */
  EvidenceTables trusted() {
    trusted = true;
    return this;
  }

  boolean isTrusted() {
    return trusted;
  }

  /** Gives each file a name of ours, and each segment its number. */
  void stage() throws SQLException, IOException {
    Map<Path, Map<Integer, Segment>> parted = new LinkedHashMap<>();
    Map<Segment, Integer> owner = new HashMap<>();
    for (int i = 0; i < captures.size(); i++) {
      for (Segment segment : captures.get(i).segments()) {
        owner.put(segment, i);
        if (segment.part().isPresent()) {
          parted
              .computeIfAbsent(segment.file(), file -> new TreeMap<>())
              .put(segment.part().getAsInt(), segment);
        } else {
          stage(segment.table(), segment.file(), new TreeMap<>(Map.of(0, segment)), false, owner);
        }
      }
    }
    for (Map.Entry<Path, Map<Integer, Segment>> file : parted.entrySet()) {
      Map<Integer, Segment> parts = file.getValue();
      Table table = parts.values().iterator().next().table();
      stage(table, file.getKey(), parts, true, owner);
    }
    if (!trusted) {
      new ManifestTable(session).create(captures, segments, captureOf);
    }
  }

  private void stage(
      Table table,
      Path file,
      Map<Integer, Segment> parts,
      boolean parted,
      Map<Segment, Integer> owner)
      throws IOException {
    int first = next;
    TreeMap<Integer, Segment> numbered = new TreeMap<>();
    parts.forEach(
        (part, segment) -> {
          numbered.put(first + part, segment);
          segments.put(first + part, segment);
          captureOf.put(first + part, owner.get(segment));
        });
    next = numbered.lastKey() + 1;
    String name = table.filePrefix() + "-" + first + ".parquet";
    Path link = session.directory().link(name, file);
    files
        .computeIfAbsent(table, key -> new ArrayList<>())
        .add(new SegmentFile(table, link, first, parted, numbered));
  }

  /** Reads every file of a table. */
  void read(Table table, TableLoader loader) throws SQLException {
    SegmentReader reader = new SegmentReader(session, table);
    readers.put(table, reader);
    reader.open(files.getOrDefault(table, List.of())).forEach(this::setAside);
    long fitting = session.memoryBytes() / (VALUE_BYTES * Math.max(1, loader.columns().size()));
    List<List<SegmentFile>> batches =
        SegmentFile.batches(reader.files(), Math.min(BATCH_ROWS, fitting));
    int done = 0;
    for (List<SegmentFile> batch : batches) {
      progress.at("reading " + table.sqlName() + ", segment", done, reader.files().size());
      List<SegmentFile> sound = trusted ? batch : sound(reader, batch);
      while (!sound.isEmpty()) {
        Optional<SegmentFile> culprit = load(reader, sound, loader);
        if (culprit.isEmpty()) {
          count(reader, sound, loader);
          break;
        }
        sound = new ArrayList<>(sound);
        sound.remove(culprit.get());
      }
      done += batch.size();
    }
  }

  /** The file that could not be read, after which nothing of the batch was. */
  private Optional<SegmentFile> load(
      SegmentReader reader, List<SegmentFile> batch, TableLoader loader) throws SQLException {
    session.execute("BEGIN TRANSACTION");
    try {
      loader.load(reader, batch);
      session.execute("COMMIT");
      return Optional.empty();
    } catch (SQLException e) {
      session.execute("ROLLBACK");
      SegmentFile culprit =
          reader.culprit(batch, loader.columns()).orElseThrow(() -> e); // not the evidence's fault
      setAside(culprit, SegmentReader.unreadable(e));
      return Optional.of(culprit);
    }
  }

  private void count(SegmentReader reader, List<SegmentFile> files, TableLoader loader)
      throws SQLException {
    Map<SegmentFile, Long> bytes =
        statistics.countsBytes() ? reader.bytes(files, loader.columns()) : Map.of();
    for (SegmentFile file : files) {
      statistics.segment(file.table(), file.rows(), bytes.getOrDefault(file, 0L), size(file));
    }
    progress.executions(statistics.executions());
  }

  /** Counts the files of tables that are not read. */
  void skipOthers() {
    files.forEach(
        (table, unread) -> {
          if (table != Table.EXECS && !readers.containsKey(table)) {
            unread.forEach(file -> statistics.skipped(size(file)));
          }
        });
  }

  private static long size(SegmentFile file) {
    try {
      return Files.size(file.link());
    } catch (IOException e) {
      return 0; // it is counted for those who watch; whoever reads it will be told
    }
  }

  /** The hash says that a file is the sealed one; this says that what was sealed is sound. */
  private List<SegmentFile> sound(SegmentReader reader, List<SegmentFile> batch)
      throws SQLException {
    ManifestTable manifests = new ManifestTable(session);
    Map<Integer, String> wrong;
    try {
      wrong = manifests.disagreements(reader, batch);
    } catch (SQLException e) {
      SegmentFile culprit =
          reader.culprit(batch, manifests.columns(reader, batch)).orElseThrow(() -> e);
      setAside(culprit, SegmentReader.unreadable(e));
      List<SegmentFile> others = new ArrayList<>(batch);
      others.remove(culprit);
      return others.isEmpty() ? others : sound(reader, others);
    }
    bad.putAll(wrong);
    List<SegmentFile> sound = new ArrayList<>();
    for (SegmentFile file : batch) {
      file.without(wrong.keySet()).ifPresent(sound::add);
    }
    return sound;
  }

  private void setAside(SegmentFile file, String why) {
    file.segments().keySet().forEach(number -> bad.put(number, why));
  }

  /** Everything that was read, with what turned out to be malformed set aside. */
  LoadedEvidence loaded() {
    Map<Integer, SegmentFile> execFiles = new TreeMap<>();
    SegmentReader reader = readers.get(Table.EXECS);
    for (SegmentFile file : reader == null ? List.<SegmentFile>of() : reader.files()) {
      file.segments().keySet().stream()
          .filter(number -> !bad.containsKey(number))
          .forEach(number -> execFiles.put(number, file));
    }
    List<Capture> loaded = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      loaded.add(afterLoading(i));
    }
    return new LoadedEvidence(
        loaded, segments, captureOf, reader, execFiles, files.getOrDefault(Table.FILES, List.of()));
  }

  private Capture afterLoading(int index) {
    Capture capture = captures.get(index);
    List<Segment> malformed = new ArrayList<>();
    List<EvidenceProblem> problems = new ArrayList<>();
    bad.forEach(
        (number, message) -> {
          if (captureOf.get(number) == index) {
            Segment segment = segments.get(number);
            malformed.add(segment);
            problems.add(
                new EvidenceProblem(
                    capture.path() + "/" + segment.entry().file(),
                    EvidenceProblem.Kind.SEGMENT_MALFORMED,
                    message));
          }
        });
    return malformed.isEmpty() ? capture : capture.without(malformed, problems);
  }
}
