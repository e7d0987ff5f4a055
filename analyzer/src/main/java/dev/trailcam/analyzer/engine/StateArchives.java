// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.ArchiveContents;
import dev.trailcam.analyzer.evidence.ArchiveContents.Member;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.ListedFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the books of a hunt remember of archives, so that one that is unchanged stays closed. */
final class StateArchives {
  private static final List<String> TABLES =
      List.of("archives", "archive_files", "archive_problems");

  private final Session session;

  StateArchives(Session session) {
    this.session = session;
  }

  /** What was remembered, by path. */
  SortedMap<String, ArchiveContents> read() throws SQLException {
    Map<String, List<Member>> members = members();
    Map<String, List<EvidenceProblem>> problems = new HashMap<>();
    session.query(
        "SELECT archive, path, kind, message FROM archive_problems",
        row ->
            problems
                .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                .add(
                    new EvidenceProblem(
                        row.getString(2),
                        constant(EvidenceProblem.Kind.class, row.getString(3)),
                        row.getString(4))));
    SortedMap<String, ArchiveContents> archives = new TreeMap<>();
    session.query(
        "SELECT archive, fingerprint FROM archives",
        row ->
            archives.put(
                row.getString(1),
                new ArchiveContents(
                    row.getString(1),
                    row.getString(2),
                    members.getOrDefault(row.getString(1), List.of()),
                    problems.getOrDefault(row.getString(1), List.of()))));
    return archives;
  }

  private Map<String, List<Member>> members() throws SQLException {
    Map<String, List<Member>> members = new HashMap<>();
    Map<String, List<ListedFile>> files = new HashMap<>();
    session.query(
        "SELECT archive, directory, manifest, name, kind, bytes, changed FROM archive_files"
            + " ORDER BY archive, place",
        row ->
            files
                .computeIfAbsent(
                    row.getString(1) + '\0' + row.getString(2), key -> new ArrayList<>())
                .add(
                    new ListedFile(
                        row.getString(4),
                        constant(ListedFile.Kind.class, row.getString(5)),
                        row.getLong(6),
                        row.getLong(7))));
    session.query(
        "SELECT DISTINCT archive, directory, manifest FROM archive_files ORDER BY ALL",
        row ->
            members
                .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                .add(
                    new Member(
                        row.getString(2),
                        row.getString(3),
                        files.get(row.getString(1) + '\0' + row.getString(2)))));
    return members;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) throws SQLException {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new SQLException("what is kept of an archive is not as it was written", e);
    }
  }

  /** Remembers these, each in the place of what was remembered under its path. */
  void replace(Collection<ArchiveContents> archives) throws SQLException {
    try (StagedRows rows =
            new StagedRows(session, "staged_archives", "archive VARCHAR, fingerprint VARCHAR");
        StagedRows files =
            new StagedRows(
                session,
                "staged_archive_files",
                "archive VARCHAR, place INTEGER, directory VARCHAR, manifest VARCHAR, name VARCHAR,"
                    + " kind VARCHAR, bytes BIGINT, changed BIGINT");
        StagedRows problems =
            new StagedRows(
                session,
                "staged_archive_problems",
                "archive VARCHAR, path VARCHAR, kind VARCHAR, message VARCHAR")) {
      for (ArchiveContents archive : archives) {
        rows.add(archive.path(), archive.fingerprint());
        int place = 0;
        for (Member member : archive.captures()) {
          for (ListedFile file : member.files()) {
            files.add(
                archive.path(),
                place++,
                member.directory(),
                member.manifestHash(),
                file.name(),
                file.kind().name(),
                file.bytes(),
                file.changed());
          }
        }
        for (EvidenceProblem problem : archive.problems()) {
          problems.add(archive.path(), problem.path(), problem.kind().name(), problem.message());
        }
      }
    }
    for (String table : TABLES) {
      session.execute(
          "DELETE FROM " + table + " WHERE archive IN (SELECT archive FROM temp.staged_archives)");
      session.execute("INSERT INTO " + table + " FROM temp.staged_" + table + " ORDER BY ALL");
    }
    for (String table : TABLES) {
      session.execute("DROP TABLE temp.staged_" + table);
    }
  }
}
