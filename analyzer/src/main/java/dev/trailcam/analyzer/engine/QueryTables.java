// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables that one query needs, told by the words in the views behind the names in it. Of the
 * others every row is an error: none would look like an answer.
 */
final class QueryTables {
  private static final Pattern VIEW = Pattern.compile("(?im)^CREATE OR REPLACE VIEW ([a-z_0-9]+)");
  private static final Pattern WORD = Pattern.compile("[a-z_0-9]+");

  private final Map<String, Set<String>> words = new HashMap<>();

  QueryTables(RuleSurface surface) {
    for (SurfaceFile file : surface.views()) {
      Set<String> all = new HashSet<>();
      Matcher word = WORD.matcher(file.text().toLowerCase(Locale.ROOT));
      while (word.find()) {
        all.add(word.group());
      }
      // One file may make several: then each needs what the others need.
      Matcher view = VIEW.matcher(file.text());
      while (view.find()) {
        words
            .computeIfAbsent(view.group(1).toLowerCase(Locale.ROOT), none -> new HashSet<>())
            .addAll(all);
      }
    }
  }

  /** The tables behind views; a word too many loads a table too many. */
  Set<Table> behind(Set<String> views) {
    Set<String> seen = new HashSet<>();
    Set<Table> tables = EnumSet.noneOf(Table.class);
    views.forEach(view -> add(view, seen, tables));
    return tables;
  }

  private void add(String view, Set<String> seen, Set<Table> tables) {
    if (!seen.add(view)) {
      return;
    }
    Set<String> inside = words.getOrDefault(view, Set.of());
    for (Table table : Table.values()) {
      if (inside.contains("raw_" + table.sqlName())) {
        tables.add(table);
      }
    }
    inside.stream().filter(words::containsKey).toList().forEach(inner -> add(inner, seen, tables));
  }

  /** Reads what is needed and defines the surface over it; the session is locked then. */
  static RowTables open(
      Session session,
      EvidenceTables evidence,
      List<Capture> captures,
      RuleSurface surface,
      Set<Table> needed)
      throws SQLException, IOException {
    SqlSurface.prepare(session, surface);
    CaptureTable.create(session, captures);
    for (Table table : Table.values()) {
      if (needed.contains(table)) {
        evidence.read(table, RowLoader.create(session, table, SegmentSchema.of(table).names()));
      } else {
        RowLoader.forbid(session, table);
      }
    }
    evidence.skipOthers();
    LoadedEvidence loaded = evidence.loaded();
    session.lock();
    Vocabulary vocabulary = SqlSurface.define(session, surface);
    return new RowTables(loaded, vocabulary);
  }
}
