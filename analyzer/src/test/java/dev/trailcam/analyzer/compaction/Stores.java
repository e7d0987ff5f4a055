// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stores of many small captures, and what became of them. */
public final class Stores {
  private static final List<String> PROGRAMS =
      List.of("/usr/bin/ls", "/usr/bin/tcpdump", "/usr/bin/make", "/usr/sbin/ettercap", "/bin/sh");

  private Stores() {}

  /** Captures that differ in all that a row or a manifest can differ in. */
  public static Path write(Path store, int captures, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < captures; i++) {
      fixture(store.resolve("c" + i), i, random).write();
    }
    return store;
  }

  private static CaptureFixture fixture(Path directory, int number, Random random) {
    CaptureFixture capture =
        CaptureFixture.at(directory)
            .bootId("boot-" + number)
            .host("runner-" + number % 3)
            .environment(number % 4 == 0 ? null : "ci");
    boolean first = random.nextInt(5) == 0;
    if (first) {
      capture.format1();
    }
    int rows = random.nextInt(12);
    for (int i = 0; i < rows; i++) {
      if (i == 5) {
        capture.nextSegment();
      }
      capture.exec(execution(random));
      if (!first && random.nextInt(3) == 0) {
        capture.event(Table.EXITS, Map.of("comm", "é\n" + i));
      }
      if (!first && random.nextInt(3) == 0) {
        capture.event(
            Table.FAILED_EXECS, Map.of("filename", "/nonexistent", "argv", List.of("x", "")));
      }
      if (!first && random.nextInt(4) == 0) {
        capture.event(Table.FILES, Map.of());
      }
    }
    if (random.nextInt(6) == 0) {
      capture.lost(1 + random.nextInt(5));
    }
    if (random.nextInt(12) == 0) {
      capture.endReason("failed");
    }
    return capture;
  }

  private static Map<String, Object> execution(Random random) {
    String exe = PROGRAMS.get(random.nextInt(PROGRAMS.size()));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("exe", random.nextInt(8) == 0 ? null : exe);
    row.put("filename", random.nextInt(8) == 0 ? "" : exe);
    switch (random.nextInt(4)) {
      case 0 -> row.put("argv", null);
      case 1 -> row.put("argv", List.of());
      default -> row.put("argv", List.of(exe, "", "a=1:b\n", "-i" + random.nextInt(3)));
    }
    row.put("cwd", random.nextBoolean() ? null : "/tmp/ü " + random.nextInt(9));
    row.put("parent_exe", random.nextBoolean() ? "" : "/usr/bin/bash");
    return row;
  }

  /** Compacts a store by days. */
  public static CompactionResult compact(Path output, Path... stores) throws IOException {
    return compact(Period.DAY, output, stores);
  }

  static CompactionResult compact(Period period, Path output, Path... stores) throws IOException {
    CaptureSet set = CaptureSet.open(List.of(stores), name -> {});
    return new Compactor("trailcam test", new EngineOptions(2, "1GB"), Progress.NONE)
        .run(set, output, period);
  }

  /** Every file below a directory, by its path from there. */
  static SortedMap<String, byte[]> bytes(Path root) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /** Removes a directory and everything in it. */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
