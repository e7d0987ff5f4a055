// SPDX-License-Identifier: Apache-2.0
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/** Writes one capture: segments by DuckDB, as the recorder would have sealed them, and a manifest. */
final class GrownCapture {
  /** Sealed in this order: who was alive comes first, executions last. */
  private static final List<Table> ORDER =
      List.of(
          Table.PROCESSES,
          Table.EXITS,
          Table.FAILED_EXECS,
          Table.RAW_SOCKETS,
          Table.FILES,
          Table.EXECS);

  /** Between two parts, and between two repetitions. */
  private static final long PAUSE_NS = 1_000_000_000L;

  private static final int PIDS = 15_000;

  private final Path store;
  private final Planned planned;
  private final Variants variants;
  private final SplittableRandom random;
  private final List<ManifestEntry.Segment> segments = new ArrayList<>();
  private final Map<Table, Long> recorded = new EnumMap<>(Table.class);
  private final Map<Table, Integer> numbers = new EnumMap<>(Table.class);
  private final Overrides overrides;
  private final ManifestEntry.Start start;
  private ClockReading clock;
  private long firstProcessor;
  private long secondProcessor;
  private long pids;

  GrownCapture(Path store, Planned planned, Variants variants) throws SQLException {
    this.store = store;
    this.planned = planned;
    this.variants = variants;
    this.random = new SplittableRandom(planned.seed());
    Sample first = variants.of(planned.parts().get(0).variant()).sample();
    long boot = first.start().clock().bootNs() + random.nextLong(40_000_000_000_000L);
    long real = planned.start().toEpochMilli() * 1_000_000 + random.nextInt(1_000_000);
    this.clock = new ClockReading(boot, boot + 12_000, real);
    this.start = start(first.start());
    this.overrides = new Overrides(start, clock.offsetNs(), first.start());
    this.pids = random.nextInt(2 * PIDS);
  }

  /** The result is a directory of the store, {@code host/date/capture}. */
  void write() throws IOException, SQLException {
    Path directory =
        store
            .resolve(start.host())
            .resolve(LocalDate.ofInstant(planned.start(), ZoneOffset.UTC).toString())
            .resolve(
                CaptureLayout.directoryName(
                    start.host(), planned.start(), start.captureId().substring(0, 8)));
    Files.createDirectories(directory);
    for (int i = 0; i < planned.parts().size(); i++) {
      part(directory, planned.parts().get(i), i == 0);
    }
    manifest(directory);
  }

  private void part(Path directory, Planned.Part part, boolean first)
      throws IOException, SQLException {
    Variants.Contents contents = variants.of(part.variant());
    Sample sample = contents.sample();
    long each = sample.lengthNs() + PAUSE_NS;
    List<String> repetitions = new ArrayList<>();
    long shift = clock.bootNs() - sample.start().clock().bootNs();
    for (int i = 0; i < part.times(); i++) {
      repetitions.add(
          String.format(
              Locale.ROOT,
              "(%d, %d, %d, %d, %d, %d, '%s')",
              i,
              shift + i * each,
              shift,
              pids,
              firstProcessor + i * contents.firstProcessor(),
              secondProcessor + i * contents.secondProcessor(),
              TemporaryNames.letters(random)));
      pids = (pids + PIDS) % 4_000_000;
    }
    ClockReading end =
        new ClockReading(
            clock.bootNs() + part.times() * each,
            clock.monotonicNs() + part.times() * each,
            clock.realNs() + part.times() * each);
    for (Table table : ORDER) {
      Variants.Rows rows = contents.rows().get(table);
      boolean once = table == Table.PROCESSES || table == Table.FILES;
      if (rows == null || rows.count() == 0 || table == Table.PROCESSES && !first) {
        continue;
      }
      int times = once ? 1 : part.times();
      long more = shift + (times - 1) * each;
      int number = numbers.merge(table, 1, Integer::sum);
      String name = CaptureLayout.segmentName(table, number);
      Path file = directory.resolve(name);
      variants.execute(
          overrides.copy(
              table,
              Variants.table(part.variant(), table),
              once ? repetitions.subList(0, 1) : repetitions,
              file));
      byte[] bytes = Files.readAllBytes(file);
      recorded.merge(table, rows.count() * times, Long::sum);
      segments.add(
          new ManifestEntry.Segment(
              table.filePrefix(),
              name,
              bytes.length,
              Sha256.of(bytes),
              rows.count() * times,
              rows.firstBootNs() == 0 ? 0 : rows.firstBootNs() + shift,
              rows.lastBootNs() == 0 ? 0 : rows.lastBootNs() + more,
              table == Table.EXECS ? sequences(contents, times) : List.of(),
              Map.of(),
              null,
              CaptureLayout.spoolName(number),
              end,
              null));
    }
    firstProcessor += part.times() * contents.firstProcessor();
    secondProcessor += part.times() * contents.secondProcessor();
    clock = end;
  }

  private List<ManifestEntry.SequenceRange> sequences(Variants.Contents contents, int times) {
    List<ManifestEntry.SequenceRange> ranges = new ArrayList<>();
    range(ranges, 0, firstProcessor, times * contents.firstProcessor());
    range(ranges, 1, secondProcessor, times * contents.secondProcessor());
    return ranges;
  }

  private static void range(
      List<ManifestEntry.SequenceRange> ranges, int cpu, long first, long count) {
    if (count > 0) {
      ranges.add(new ManifestEntry.SequenceRange(cpu, first, first + count - 1, count));
    }
  }

  /** An appender forces each line to the disk, which takes longer than all the rest of a capture. */
  private void manifest(Path directory) throws IOException {
    Path memory = Path.of("/dev/shm");
    Path quick =
        Files.createTempDirectory(Files.isDirectory(memory) ? memory : directory, "manifest");
    try (ManifestAppender manifest = ManifestAppender.create(quick, start)) {
      for (ManifestEntry.Segment segment : segments) {
        manifest.append(segment);
      }
      manifest.append(end());
    }
    Files.move(
        quick.resolve(CaptureLayout.MANIFEST), directory.resolve(CaptureLayout.MANIFEST));
    Files.delete(quick);
  }

  private ManifestEntry.End end() {
    long executions = recorded.getOrDefault(Table.EXECS, 0L);
    Map<String, ManifestEntry.EventCount> books = new TreeMap<>();
    for (Table table : ORDER) {
      if (table != Table.EXECS) {
        long rows = recorded.getOrDefault(table, 0L);
        books.put(
            table.filePrefix(),
            new ManifestEntry.EventCount(table == Table.FILES ? null : rows, rows, 0));
      }
    }
    return new ManifestEntry.End(
        "command_exited", 0, executions, executions, Map.of(), books, clock, null);
  }

  private ManifestEntry.Start start(ManifestEntry.Start sample) {
    String project = Variant.PROJECTS[planned.project()];
    boolean pullRequest = random.nextInt(3) > 0;
    CiContext ci =
        new CiContext(
            sample.ci().provider(),
            "example/" + project,
            hex(40),
            pullRequest ? (1 + planned.number() % 997) + "/merge" : "main",
            pullRequest ? "pull_request" : "schedule",
            sample.ci().actor(),
            Long.toString(4_711_000_000L + planned.number()),
            "1",
            sample.ci().job(),
            sample.ci().workflow());
    return new ManifestEntry.Start(
        sample.formatVersion(),
        uuid(),
        sample.recorder(),
        "runner-" + planned.host(),
        uuid(),
        Sha256.of("machine " + planned.host()).substring(0, 32),
        planned.host() < 40 ? "ci" : "staging",
        sample.kernel(),
        sample.arch(),
        ci,
        sample.scope(),
        List.of("make", "-C", "/home/ci/" + project),
        sample.argvLimitBytes(),
        sample.ringBytes(),
        sample.cpus(),
        sample.secrets(),
        sample.watched(),
        clock,
        null);
  }

  private String uuid() {
    return new UUID(
            random.nextLong() & ~0xF000L | 0x4000L,
            random.nextLong() & ~(0xCL << 60) | 0x8L << 60)
        .toString();
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder();
    while (text.length() < digits) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }
}
