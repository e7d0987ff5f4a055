// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;

import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Executions repeat: a build calls the same compiler with the same arguments again and again. What
 * they agree in is kept and judged once, as a <i>shape</i>.
 *
 * <p>{@code derived_shapes} has a row for each shape of a batch, {@code shape_rows} the keys of the
 * rows that have it, {@code derived_execs} what differs from row to row, as far as a rule needs it.
 * Shapes are compared value by value: a hash could be forged, and an execution hide behind another.
 */
final class ShapedExecs implements TableLoader {
  static final String SHAPE = "trailcam_shape";

  /** The schema in which {@code execs} has one row for each shape. */
  static final String SCHEMA = "shapes";

  /** Rules look at the programs of ancestors; as processes they never repeat. */
  private static final String ANCESTORS =
      "list_transform(ancestors, lambda a: {'pid': CAST(NULL AS INTEGER), 'start': CAST(NULL AS"
          + " BIGINT), 'comm': CAST(NULL AS VARCHAR), 'exe': a.exe}) AS ancestors";

  private final Session session;
  private final Set<String> shapes;
  private final Set<String> rows;
  private final List<String> columns;
  private final List<String> ofShapes;
  private final List<String> ofRows;
  private final SegmentSchema schema = SegmentSchema.of(Table.EXECS);

  private final ReadFilter filter;

  private ShapedExecs(Session session, Needs needs, ReadFilter filter) {
    this.session = session;
    this.filter = filter;
    this.shapes = needs.shapes();
    this.rows = needs.execs();
    this.columns = ExecDerivation.ordered(needs.view());
    this.ofShapes =
        columns.stream()
            .filter(name -> shapes.containsAll(ExecDerivation.sources(Table.EXECS, name)))
            .toList();
    this.ofRows =
        columns.stream().filter(name -> !ofShapes.contains(name) || rows.contains(name)).toList();
  }

  /**
   * Makes the tables, empty. The views of the surface must have been defined.
   *
   * @param filter leaves out nothing if something is needed of each row
   */
  static ShapedExecs create(Session session, Needs needs, ReadFilter filter) throws SQLException {
    ShapedExecs loader = new ShapedExecs(session, needs, filter);
    loader.stageNothing();
    return loader;
  }

  private void stageNothing() throws SQLException {
    session.execute(
        "CREATE TABLE staged_shapes AS SELECT 0::BIGINT AS "
            + SHAPE
            + ", "
            + nulls(shapes)
            + ", CAST([] AS BIGINT[]) AS keys WHERE false");
    session.execute("CREATE TABLE shape_rows AS SELECT " + SHAPE + ", keys FROM staged_shapes");
    overShapes();
    session.execute("CREATE TABLE derived_shapes AS " + derivedShapes());
    session.execute(
        "CREATE TABLE staged_rows AS SELECT "
            + nulls(rows)
            + (rows.isEmpty() ? "" : ", ")
            + "0::BIGINT AS "
            + SegmentReader.KEY
            + ", 0::BIGINT AS "
            + SHAPE
            + " WHERE false");
    overRows();
    session.execute("CREATE TABLE derived_execs AS " + derivedRows());
  }

  private String nulls(Set<String> columns) {
    return schema.selection(Set.of(), columns);
  }

  private void overShapes() throws SQLException {
    raw(shapes, SHAPE, "staged_shapes");
  }

  private void overRows() throws SQLException {
    raw(rows, SegmentReader.KEY + ", " + SHAPE, "staged_rows");
  }

  /** The columns of ours come along, since the views hand on every column of this one. */
  private void raw(Set<String> loaded, String more, String table) throws SQLException {
    session.execute(
        "CREATE OR REPLACE VIEW raw_execs AS SELECT "
            + schema.selectionLoaded(loaded)
            + ", "
            + more
            + " FROM "
            + table);
  }

  private String derivedShapes() {
    return "SELECT " + SHAPE + names(ofShapes) + " FROM named_execs";
  }

  private String derivedRows() {
    boolean files = ofRows.stream().anyMatch(ExecDerivation.OF_FILES::contains);
    return "SELECT "
        + SegmentReader.KEY
        + ", "
        + SHAPE
        + names(ofRows)
        + (files ? " FROM execs" : " FROM named_execs");
  }

  private static String names(List<String> columns) {
    return columns.stream().map(name -> ", " + identifier(name)).collect(Collectors.joining());
  }

  @Override
  public Set<String> columns() {
    Set<String> read = new LinkedHashSet<>(shapes);
    read.addAll(rows);
    return read;
  }

  @Override
  public void load(SegmentReader reader, List<SegmentFile> files) throws SQLException {
    session.execute(
        "CREATE OR REPLACE TABLE staged_shapes AS SELECT (SELECT coalesce(max("
            + SHAPE
            + "), 0) FROM shape_rows) + row_number() OVER () AS "
            + SHAPE
            + ", * FROM (SELECT "
            + schema.names(shapes).replace("\"ancestors\"", ANCESTORS)
            + ", list("
            + SegmentReader.KEY
            + ") AS keys FROM ("
            + reader.select(files, shapes)
            + ") GROUP BY ALL)");
    overShapes();
    session.execute(
        "INSERT INTO derived_shapes " + derivedShapes() + " WHERE " + filter.condition());
    session.execute(
        "INSERT INTO shape_rows SELECT "
            + SHAPE
            + ", keys FROM staged_shapes SEMI JOIN derived_shapes USING ("
            + SHAPE
            + ")");
    if (!ofRows.isEmpty()) {
      String names = schema.names(rows);
      session.execute(
          "CREATE OR REPLACE TABLE staged_rows AS SELECT "
              + (names.isEmpty() ? "" : names + ", ")
              + SegmentReader.KEY
              + ", "
              + SHAPE
              + " FROM ("
              + reader.select(files, rows)
              + ") JOIN (SELECT "
              + SHAPE
              + ", unnest(keys) AS "
              + SegmentReader.KEY
              + " FROM staged_shapes) USING ("
              + SegmentReader.KEY
              + ")");
      overRows();
      session.execute("INSERT INTO derived_execs " + derivedRows());
    }
  }

  /** Everything is read: rules get {@code execs} in both forms, with what was loaded of it. */
  void finish() throws SQLException {
    session.execute("DROP TABLE staged_shapes");
    session.execute("DROP TABLE staged_rows");
    session.execute(
        "CREATE OR REPLACE VIEW execs AS SELECT "
            + columns.stream()
                .map(name -> (ofRows.contains(name) ? "r." : "s.") + identifier(name))
                .collect(Collectors.joining(", "))
            + " FROM derived_execs AS r JOIN derived_shapes AS s USING ("
            + SHAPE
            + ")");
    // Only rules that see each execution return ids to be looked up.
    session.execute(
        ofRows.contains("exec_id")
            ? "CREATE VIEW exec_keys AS SELECT exec_id, "
                + SegmentReader.KEY
                + " FROM derived_execs"
            : "CREATE TABLE exec_keys (exec_id VARCHAR, " + SegmentReader.KEY + " BIGINT)");
    session.execute("CREATE SCHEMA " + SCHEMA);
    session.execute(
        "CREATE VIEW "
            + SCHEMA
            + ".execs AS SELECT CAST("
            + SHAPE
            + " AS VARCHAR) AS exec_id"
            + names(ofShapes)
            + " FROM derived_shapes");
    session.execute("DROP VIEW named_execs");
    session.execute("DROP VIEW raw_execs");
  }
}
