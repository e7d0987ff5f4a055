// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.queries;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code queries/open.sql} does in a duckdb shell; only its {@code .read} is done here. */
class OpenByHandTest {
  private static final ClockReading CLOCK = new ClockReading(5, 5, 1_700_000_000_000_001_000L);

  @TempDir Path store;

  @Test
  void opensACaptureWithoutLosses() throws IOException, SQLException {
    capture("one", false);
    try (Surface surface = opened(store.resolve("one"))) {
      assertEquals(
          List.of("[tcpdump]|null"), surface.query("SELECT program_names, tty FROM execs"));
      assertEquals(List.of(), surface.query("FROM losses"));
      assertEquals(
          List.of("one|ci|[make, all]|2023-11-14T22:13:20.000001Z|command_exited|0|1|1|0|true"),
          surface.query(
              "SELECT capture_id, environment, command, ended, end_reason, exit_status, executed,"
                  + " recorded, lost, complete FROM captures"));
      String rule =
          Files.readString(Surface.ROOT.resolve("rules/discovery/net_sniff_tool_exec.sql"));
      assertEquals(1, surface.query(rule).size());
    }
  }

  @Test
  void opensAStoreWithLosses() throws IOException, SQLException {
    capture("one", false);
    capture("two", true);
    try (Surface surface = opened(store)) {
      assertEquals(List.of("2"), surface.query("SELECT count(*) FROM execs"));
      assertEquals(
          List.of("two|ring_full|7"), surface.query("SELECT capture_id, cause, count FROM losses"));
      assertEquals(
          List.of("one|0|0", "two|7|3"),
          surface.query("SELECT capture_id, lost, lost_events FROM captures ORDER BY ALL"));
      assertEquals(
          List.of("two|true"),
          surface.query(
              "SELECT capture_id, exec_id IN (SELECT exec_id FROM execs e WHERE e.capture_id ="
                  + " 'two') FROM raw_sockets"));
      assertEquals(List.of(), surface.query("FROM exits"));
    }
  }

  @Test
  void tablesHaveTheTypesTheEngineGivesThem() throws IOException, SQLException {
    capture("one", false);
    try (Surface byHand = opened(store);
        Surface engine = Surface.open()) {
      List<String> views = new ArrayList<>(List.of("captures"));
      for (Table table : Table.values()) {
        views.add(table.sqlName());
      }
      for (String view : views) {
        String describe = "SELECT column_name, column_type FROM (DESCRIBE " + view + ")";
        assertEquals(engine.query(describe), byHand.query(describe));
      }
    }
  }

  private static Surface opened(Path capture) throws IOException, SQLException {
    Surface surface = Surface.empty();
    surface.run("SET VARIABLE capture = " + Surface.quoted(capture.toString()));
    String root = Surface.ROOT.getParent().toString() + "/";
    StringBuilder sql = new StringBuilder();
    for (String line : Files.readAllLines(Surface.ROOT.resolve("open.sql"))) {
      if (line.startsWith(".read ")) {
        sql.append(Files.readString(Path.of(root, line.substring(".read ".length()))));
      } else {
        sql.append(line.replace("read_csv('queries/", "read_csv('" + root + "queries/"));
      }
      sql.append('\n');
    }
    surface.run(sql.toString());
    return surface;
  }

  private void capture(String id, boolean losses) throws IOException, SQLException {
    Path directory = Files.createDirectory(store.resolve(id));
    Map<String, Long> lost = losses ? Map.of("ring_full", 7L) : Map.of();
    try (Surface writer = Surface.empty()) {
      for (Table table : Table.values()) {
        writer.run("CREATE TABLE " + table.sqlName() + " (" + Surface.columns(table) + ")");
      }
      // A column less, as an older recorder would have written it.
      writer.run("ALTER TABLE execs DROP COLUMN tty");
      writer.run(
          "INSERT INTO execs (capture_id, cpu, seq, boot_id, pid, start_boot_ns, boot_ns, exe,"
              + " filename, argv) VALUES ("
              + Surface.quoted(id)
              + ", 0, 5, 'b', 1, 2, "
              + id.hashCode()
              + ", '/usr/bin/tcpdump', '/usr/bin/tcpdump', ['tcpdump'])");
      writer.run("COPY execs TO " + Surface.quoted(directory + "/exec-000001.parquet"));
      if (losses) {
        writer.run(
            "INSERT INTO losses (capture_id, cause, count) VALUES ("
                + Surface.quoted(id)
                + ", 'ring_full', 7)");
        writer.run("COPY losses TO " + Surface.quoted(directory + "/loss-000001.parquet"));
        writer.run(
            "INSERT INTO raw_sockets (capture_id, pid, exec_cpu, exec_seq) VALUES ("
                + Surface.quoted(id)
                + ", 1, 0, 5)");
        writer.run("COPY raw_sockets TO " + Surface.quoted(directory + "/socket-000001.parquet"));
      }
    }
    ManifestEntry.Start start =
        new ManifestEntry.Start(
            1,
            id,
            "test",
            "h",
            "b",
            null,
            "ci",
            "6.18",
            "x86_64",
            CiContext.NONE,
            "command",
            List.of("make", "all"),
            4096,
            1 << 20,
            2,
            null,
            null,
            CLOCK,
            null);
    try (ManifestAppender manifest = ManifestAppender.create(directory, start)) {
      manifest.append(
          new ManifestEntry.Segment(
              "exec",
              "exec-000001.parquet",
              1,
              "0".repeat(64),
              1,
              3,
              3,
              List.of(),
              lost,
              losses ? Map.of("exit", 3L) : null,
              "x",
              CLOCK,
              null));
      manifest.append(
          new ManifestEntry.End(
              EndReason.COMMAND_EXITED.id(),
              0,
              losses ? 8L : 1L,
              1,
              lost,
              losses ? Map.of("exit", new ManifestEntry.EventCount(3L, 0, 3)) : null,
              CLOCK,
              null));
    }
  }
}
