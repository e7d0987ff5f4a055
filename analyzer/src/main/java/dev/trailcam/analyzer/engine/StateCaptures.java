// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.analyzer.evidence.CaptureFacts.SealedFile;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the books of a hunt remember of captures. */
final class StateCaptures {
  private static final String LOSS = "loss";
  private static final String LOST_EVENT = "lost event";

  private final Session session;

  StateCaptures(Session session) {
    this.session = session;
  }

  /** By the hash of the manifest. */
  Map<String, CaptureFacts> read() throws SQLException {
    Map<Integer, List<SealedFile>> segments = new HashMap<>();
    Map<Integer, List<EvidenceProblem>> problems = new HashMap<>();
    Map<Integer, TreeMap<String, Long>> losses = new HashMap<>();
    Map<Integer, TreeMap<String, Long>> lostEvents = new HashMap<>();
    session.query(
        "SELECT capture, file, sha256 FROM segments WHERE live ORDER BY segment",
        row ->
            segments
                .computeIfAbsent(row.getInt(1), capture -> new ArrayList<>())
                .add(new SealedFile(row.getString(2), row.getString(3))));
    session.query(
        "SELECT capture, kind, name, message, count FROM notes",
        row -> {
          int capture = row.getInt(1);
          String kind = row.getString(2);
          if (kind.equals(LOSS) || kind.equals(LOST_EVENT)) {
            (kind.equals(LOSS) ? losses : lostEvents)
                .computeIfAbsent(capture, key -> new TreeMap<>())
                .put(row.getString(3), row.getLong(5));
          } else {
            problems
                .computeIfAbsent(capture, key -> new ArrayList<>())
                .add(
                    new EvidenceProblem(
                        row.getString(3), EvidenceProblem.Kind.valueOf(kind), row.getString(4)));
          }
        });
    Map<String, CaptureFacts> facts = new TreeMap<>();
    session.query(
        "SELECT capture, path, manifest_sha256, listing, capture_id, boot_id, executions FROM"
            + " captures"
            + " JOIN boots USING (boot)",
        row -> {
          int capture = row.getInt(1);
          facts.put(
              row.getString(3),
              new CaptureFacts(
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getLong(7),
                  segments.getOrDefault(capture, List.of()),
                  problems.getOrDefault(capture, List.of()),
                  losses.getOrDefault(capture, new TreeMap<>()),
                  lostEvents.getOrDefault(capture, new TreeMap<>())));
        });
    return facts;
  }

  /**
   * Takes what is known of a boot now for what was known before. Pairs of a boot that is another
   * one now are forgotten.
   *
   * @param numbers gets the boot's number
   * @return whether everything that rules saw before is still there
   */
  boolean replace(BootFacts facts, Map<BootFacts, Integer> numbers) throws SQLException {
    int boot = boot(facts);
    numbers.put(facts, boot);
    Set<String> before = new LinkedHashSet<>();
    Map<String, Integer> known = new HashMap<>();
    session.query(
        "SELECT capture_id || ' ' || file || ' ' || sha256, live, segment FROM segments"
            + " JOIN captures USING (capture) WHERE boot = "
            + boot,
        row -> {
          known.put(row.getString(1), row.getInt(3));
          if (row.getBoolean(2)) {
            before.add(row.getString(1));
          }
        });
    String ofBoot = "(SELECT capture FROM captures WHERE boot = " + boot + ")";
    session.execute("UPDATE segments SET live = false WHERE live AND capture IN " + ofBoot);
    for (CaptureFacts capture : facts.captures()) {
      int number = capture(boot, capture);
      session.execute("DELETE FROM notes WHERE capture = " + number);
      notes(number, capture);
      for (SealedFile segment : capture.segments()) {
        String key = capture.captureId() + " " + segment.file() + " " + segment.sha256();
        before.remove(key);
        segment(number, segment, known.get(key));
      }
    }
    return before.isEmpty();
  }

  private int boot(BootFacts facts) throws SQLException {
    int[] boot = {-1};
    String[] content = new String[1];
    try (PreparedStatement find =
        session.prepare("SELECT boot, content FROM boots WHERE boot_id = ?")) {
      find.setString(1, facts.bootId());
      try (var row = find.executeQuery()) {
        if (row.next()) {
          boot[0] = row.getInt(1);
          content[0] = row.getString(2);
        }
      }
    }
    if (boot[0] < 0) {
      boot[0] = next("boots", "boot");
      try (PreparedStatement insert = session.prepare("INSERT INTO boots VALUES (?, ?, ?)")) {
        set(insert, boot[0], facts.bootId(), facts.content());
      }
    } else if (!facts.content().equals(content[0])) {
      session.execute("DELETE FROM pairs WHERE boot = " + boot[0]);
      try (PreparedStatement update =
          session.prepare("UPDATE boots SET content = ? WHERE boot = ?")) {
        set(update, facts.content(), boot[0]);
      }
    }
    return boot[0];
  }

  private int capture(int boot, CaptureFacts facts) throws SQLException {
    int[] number = {-1};
    try (PreparedStatement find =
        session.prepare("SELECT capture FROM captures WHERE capture_id = ? AND boot = ?")) {
      find.setString(1, facts.captureId());
      find.setInt(2, boot);
      try (var row = find.executeQuery()) {
        if (row.next()) {
          number[0] = row.getInt(1);
        }
      }
    }
    if (number[0] < 0) {
      number[0] = next("captures", "capture");
      try (PreparedStatement insert =
          session.prepare("INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        set(
            insert,
            number[0],
            boot,
            facts.captureId(),
            facts.path(),
            facts.manifestSha256(),
            facts.listing(),
            facts.executions());
      }
    } else {
      try (PreparedStatement update =
          session.prepare(
              "UPDATE captures SET path = ?, manifest_sha256 = ?, listing = ?, executions = ?"
                  + " WHERE capture = ?")) {
        set(
            update,
            facts.path(),
            facts.manifestSha256(),
            facts.listing(),
            facts.executions(),
            number[0]);
      }
    }
    return number[0];
  }

  private void segment(int capture, SealedFile segment, Integer known) throws SQLException {
    if (known != null) {
      session.execute("UPDATE segments SET live = true WHERE segment = " + known);
      return;
    }
    try (PreparedStatement insert =
        session.prepare("INSERT INTO segments VALUES (?, ?, ?, ?, true)")) {
      set(insert, next("segments", "segment"), capture, segment.file(), segment.sha256());
    }
  }

  private void notes(int capture, CaptureFacts facts) throws SQLException {
    try (PreparedStatement insert = session.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, ?)")) {
      for (EvidenceProblem problem : facts.problems()) {
        set(insert, capture, problem.kind().name(), problem.path(), problem.message(), null);
      }
      for (Map.Entry<String, Long> loss : facts.losses().entrySet()) {
        set(insert, capture, LOSS, loss.getKey(), null, loss.getValue());
      }
      for (Map.Entry<String, Long> lost : facts.lostEvents().entrySet()) {
        set(insert, capture, LOST_EVENT, lost.getKey(), null, lost.getValue());
      }
    }
  }

  private int next(String table, String column) throws SQLException {
    int[] next = new int[1];
    session.query(
        "SELECT coalesce(max(" + column + "), 0) + 1 FROM " + table,
        row -> next[0] = row.getInt(1));
    return next[0];
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }
}
