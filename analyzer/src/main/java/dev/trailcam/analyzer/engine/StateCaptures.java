// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.analyzer.evidence.CaptureFacts.SealedFile;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the books of a hunt remember of captures. */
final class StateCaptures {
  private static final String LOSS = "loss";
  private static final String LOST_EVENT = "lost event";

  private static final List<String> STAGED =
      List.of(
          "staged_boots",
          "staged_captures",
          "staged_segments",
          "staged_notes",
          "boot_numbers",
          "capture_numbers",
          "segment_facts");

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
   * Takes what is known of boots now for what was known before. Pairs of a boot that is another one
   * now are forgotten.
   *
   * @param numbers gets the boots' numbers
   * @return numbers of the boots of which everything that rules saw before is still there
   */
  Set<Integer> replace(Collection<BootFacts> boots, Map<BootFacts, Integer> numbers)
      throws SQLException {
    stage(boots);
    boots();
    captures();
    Set<Integer> whole = numbers(boots, numbers);
    session.query(
        "SELECT DISTINCT c.boot FROM segments AS s JOIN captures AS c USING (capture)"
            + " JOIN temp.boot_numbers AS n USING (boot) ANTI JOIN temp.segment_facts AS f"
            + " ON f.capture = s.capture AND f.file = s.file AND f.sha256 = s.sha256 WHERE s.live",
        row -> whole.remove(row.getInt(1)));
    segments();
    session.execute(
        "DELETE FROM notes WHERE capture IN (SELECT capture FROM temp.capture_numbers)");
    session.execute(
        "INSERT INTO notes SELECT c.capture, s.kind, s.name, s.message, s.count"
            + " FROM temp.staged_notes AS s JOIN temp.capture_numbers AS c USING (fact)"
            + " ORDER BY s.place");
    for (String table : STAGED) {
      session.execute("DROP TABLE temp." + table);
    }
    return whole;
  }

  private Set<Integer> numbers(Collection<BootFacts> boots, Map<BootFacts, Integer> numbers)
      throws SQLException {
    Map<String, Integer> byId = new HashMap<>();
    session.query(
        "SELECT boot_id, boot FROM temp.boot_numbers",
        row -> byId.put(row.getString(1), row.getInt(2)));
    boots.forEach(boot -> numbers.put(boot, byId.get(boot.bootId())));
    return new TreeSet<>(byId.values());
  }

  /** Boots have ids of their own, captures the number {@code fact} here. */
  private void stage(Collection<BootFacts> boots) throws SQLException {
    int fact = 0;
    int place = 0;
    try (StagedRows bootRows =
            new StagedRows(
                session, "staged_boots", "place INTEGER, boot_id VARCHAR, content VARCHAR");
        StagedRows captureRows =
            new StagedRows(
                session,
                "staged_captures",
                "fact INTEGER, boot_id VARCHAR, capture_id VARCHAR, path VARCHAR,"
                    + " manifest_sha256 VARCHAR, listing VARCHAR, executions BIGINT");
        StagedRows segmentRows =
            new StagedRows(
                session,
                "staged_segments",
                "place INTEGER, fact INTEGER, file VARCHAR, sha256 VARCHAR");
        StagedRows noteRows =
            new StagedRows(
                session,
                "staged_notes",
                "place INTEGER, fact INTEGER, kind VARCHAR, name VARCHAR, message VARCHAR,"
                    + " count BIGINT")) {
      for (BootFacts boot : boots) {
        bootRows.add(place++, boot.bootId(), boot.content());
        for (CaptureFacts capture : boot.captures()) {
          captureRows.add(
              fact,
              boot.bootId(),
              capture.captureId(),
              capture.path(),
              capture.manifestSha256(),
              capture.listing(),
              capture.executions());
          for (SealedFile segment : capture.segments()) {
            segmentRows.add(place++, fact, segment.file(), segment.sha256());
          }
          for (EvidenceProblem problem : capture.problems()) {
            String kind = problem.kind().name();
            noteRows.add(place++, fact, kind, problem.path(), problem.message(), null);
          }
          for (Map.Entry<String, Long> loss : capture.losses().entrySet()) {
            noteRows.add(place++, fact, LOSS, loss.getKey(), null, loss.getValue());
          }
          for (Map.Entry<String, Long> lost : capture.lostEvents().entrySet()) {
            noteRows.add(place++, fact, LOST_EVENT, lost.getKey(), null, lost.getValue());
          }
          fact++;
        }
      }
    }
  }

  private void boots() throws SQLException {
    session.execute(
        "DELETE FROM pairs WHERE boot IN (SELECT b.boot FROM boots AS b JOIN temp.staged_boots AS s"
            + " ON s.boot_id = b.boot_id AND s.content <> b.content)");
    session.execute(
        "UPDATE boots SET content = s.content FROM temp.staged_boots AS s"
            + " WHERE s.boot_id = boots.boot_id AND s.content <> boots.content");
    session.execute(
        "INSERT INTO boots SELECT (SELECT coalesce(max(boot), 0) FROM boots)"
            + " + row_number() OVER (ORDER BY s.place), s.boot_id, s.content"
            + " FROM temp.staged_boots AS s ANTI JOIN boots AS b ON b.boot_id = s.boot_id"
            + " ORDER BY s.place");
    session.execute(
        "CREATE OR REPLACE TEMP TABLE boot_numbers AS SELECT b.boot, b.boot_id FROM boots AS b"
            + " SEMI JOIN temp.staged_boots AS s ON s.boot_id = b.boot_id");
  }

  private void captures() throws SQLException {
    String known =
        " temp.staged_captures AS s JOIN temp.boot_numbers AS b ON b.boot_id = s.boot_id ";
    session.execute(
        "UPDATE captures SET path = s.path, manifest_sha256 = s.manifest_sha256,"
            + " listing = s.listing, executions = s.executions FROM"
            + known
            + "WHERE captures.boot = b.boot AND captures.capture_id = s.capture_id");
    session.execute(
        "INSERT INTO captures SELECT (SELECT coalesce(max(capture), 0) FROM captures)"
            + " + row_number() OVER (ORDER BY s.fact), b.boot, s.capture_id, s.path,"
            + " s.manifest_sha256, s.listing, s.executions FROM"
            + known
            + "ANTI JOIN captures AS c ON c.boot = b.boot AND c.capture_id = s.capture_id"
            + " ORDER BY s.fact");
    session.execute(
        "CREATE OR REPLACE TEMP TABLE capture_numbers AS SELECT s.fact, c.capture FROM"
            + known
            + "JOIN captures AS c ON c.boot = b.boot AND c.capture_id = s.capture_id");
    session.execute(
        "CREATE OR REPLACE TEMP TABLE segment_facts AS SELECT min(s.place) AS place, c.capture,"
            + " s.file, s.sha256 FROM temp.staged_segments AS s JOIN temp.capture_numbers AS c"
            + " USING (fact) GROUP BY c.capture, s.file, s.sha256");
  }

  private void segments() throws SQLException {
    session.execute(
        "UPDATE segments SET live = false WHERE live AND capture IN (SELECT capture FROM captures"
            + " WHERE boot IN (SELECT boot FROM temp.boot_numbers))");
    String same = " f.capture = s.capture AND f.file = s.file AND f.sha256 = s.sha256";
    session.execute(
        "UPDATE segments AS s SET live = true FROM temp.segment_facts AS f WHERE" + same);
    session.execute(
        "INSERT INTO segments SELECT (SELECT coalesce(max(segment), 0) FROM segments)"
            + " + row_number() OVER (ORDER BY f.place), f.capture, f.file, f.sha256, true"
            + " FROM temp.segment_facts AS f ANTI JOIN segments AS s ON"
            + same
            + " ORDER BY f.place");
  }
}
