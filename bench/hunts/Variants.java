// SPDX-License-Identifier: Apache-2.0
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Variants as tables of a small database of their own. Only the last few are kept: captures come in
 * the order of time, so versions do not come back. For one thread.
 */
final class Variants implements AutoCloseable {
  /** Stands before and after the part of a temporary name that is another in each run. */
  static final String MARK = "chr(1)";

  private static final int KEPT = 40;

  /** What gcc, mktemp and configure make names of; the second group is the part that changes. */
  private static final String TEMPORARY =
      "(/cc|\\btmp\\.|\\bconf(?:test)?|\\b/tmp/[a-z]+[.-])"
          + "([A-Za-z0-9]{6}|[A-Za-z0-9]{10}|[0-9]{3,7})\\b";

  /** What a variant's tables hold. */
  record Contents(
      Sample sample, Map<Table, Rows> rows, long firstProcessor, long secondProcessor) {}

  /** Boot times are the sample's. */
  record Rows(long count, long firstBootNs, long lastBootNs) {}

  private final List<Sample> samples;
  private final Connection connection;
  private final Statement statement;
  private final Set<Integer> loaded = new TreeSet<>();
  private final LinkedHashMap<Variant, Contents> kept = new LinkedHashMap<>(16, 0.75f, true);

  Variants(List<Sample> samples) throws SQLException {
    this.samples = samples;
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    this.statement = connection.createStatement();
    execute("SET threads = 1");
    execute("SET TimeZone = 'UTC'");
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** Makes the tables of a variant unless they are there. */
  Contents of(Variant variant) throws SQLException {
    Contents contents = kept.get(variant);
    if (contents == null) {
      if (kept.size() == KEPT) {
        drop(kept.keySet().iterator().next());
      }
      contents = create(variant);
      kept.put(variant, contents);
    }
    return contents;
  }

  static String table(Variant variant, Table table) {
    return variant.tables() + "_" + table.filePrefix();
  }

  private void drop(Variant variant) throws SQLException {
    kept.remove(variant);
    for (Table table : Table.values()) {
      execute("DROP TABLE IF EXISTS " + table(variant, table));
    }
  }

  private Contents create(Variant variant) throws SQLException {
    Sample sample = samples.get(variant.sample());
    if (loaded.add(variant.sample())) {
      load(variant.sample());
    }
    String execs = table(variant, Table.EXECS);
    Map<Table, Rows> rows = new EnumMap<>(Table.class);
    for (Table table : EnumSet.complementOf(EnumSet.of(Table.LOSSES))) {
      if (!Files.exists(file(sample, table))) {
        continue;
      }
      String from = sampleTable(variant.sample(), table);
      String chosen =
          switch (table) {
            case EXECS ->
                "SELECT *, row_number() OVER (PARTITION BY cpu ORDER BY seq) - 1 AS new_seq FROM "
                    + from
                    + " WHERE place >= "
                    + variant.from()
                    + " AND place < "
                    + (variant.from() + variant.rows());
            case PROCESSES, LOSSES -> "SELECT * FROM " + from;
            case FILES ->
                "SELECT * FROM " + from + " SEMI JOIN " + execs + " USING (dev, inode, size, ctime)";
            case EXITS, FAILED_EXECS, RAW_SOCKETS ->
                "SELECT f.*, CASE WHEN e.new_seq IS NULL THEN f.exec_seq ELSE e.new_seq END AS new_exec_seq FROM "
                    + from
                    + " f LEFT JOIN "
                    + execs
                    + " e ON e.cpu = f.exec_cpu AND e.seq = f.exec_seq WHERE e.new_seq IS NOT NULL"
                    + " OR f.exec_cpu IS NULL OR f.exec_cpu > 1";
          };
      execute(
          "CREATE TABLE "
              + table(variant, table)
              + " AS SELECT * REPLACE ("
              + renamed(table, variant)
              + ") FROM ("
              + chosen
              + ") ORDER BY place");
      rows.put(table, rows(variant, table));
    }
    return new Contents(
        sample,
        rows,
        number("SELECT count(*) FROM " + execs + " WHERE cpu = 0"),
        number("SELECT count(*) FROM " + execs + " WHERE cpu = 1"));
  }

  /** The sample's rows in their order, with its temporary names marked. */
  private void load(int number) throws SQLException {
    Sample sample = samples.get(number);
    for (Table table : Table.values()) {
      Path file = file(sample, table);
      if (Files.exists(file)) {
        execute(
            "CREATE TABLE "
                + sampleTable(number, table)
                + " AS SELECT * REPLACE ("
                + texts(table, text -> marked(text))
                + "), file_row_number AS place FROM read_parquet("
                + quoted(file.toString())
                + ", file_row_number = true)");
        execute(
            "ALTER TABLE " + sampleTable(number, table) + " DROP COLUMN file_row_number");
      }
    }
  }

  private static Path file(Sample sample, Table table) {
    return sample.directory().resolve(table.filePrefix() + "-000001.parquet");
  }

  private static String sampleTable(int number, Table table) {
    return "s_" + number + "_" + table.filePrefix();
  }

  private static String marked(String text) {
    return "regexp_replace("
        + text
        + ", "
        + quoted(TEMPORARY)
        + ", '\\1' || "
        + MARK
        + " || '\\2' || "
        + MARK
        + ", 'g')";
  }

  private static String renamed(Table table, Variant variant) {
    return texts(
        table,
        text ->
            "replace(replace("
                + text
                + ", 'hello', "
                + quoted(variant.name())
                + "), '-2.10', "
                + quoted("-2.1" + variant.version())
                + ")");
  }

  /** An expression for each column that holds names from outside. */
  private static String texts(Table table, UnaryOperator<String> change) {
    List<String> replaced = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      String name = column.columnName();
      if (column.type() == ColumnType.TEXT) {
        replaced.add(change.apply(name) + " AS " + name);
      } else if (column.type() == ColumnType.TEXT_LIST) {
        replaced.add(
            "list_transform(" + name + ", lambda x: " + change.apply("x") + ") AS " + name);
      }
    }
    if (replaced.isEmpty()) {
      replaced.add("capture_id AS capture_id");
    }
    return String.join(", ", replaced);
  }

  private Rows rows(Variant variant, Table table) throws SQLException {
    boolean timed = table.storedColumns().stream().anyMatch(c -> c.columnName().equals("boot_ns"));
    String bounds = timed ? "coalesce(min(boot_ns), 0), coalesce(max(boot_ns), 0)" : "0, 0";
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*), " + bounds + " FROM " + table(variant, table))) {
      row.next();
      return new Rows(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  private long number(String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  static String quoted(String text) {
    return text == null ? "NULL::VARCHAR" : "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
