// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Makes plain rules up: {@code Rules SAMPLES DIRECTORY COUNT}. They compare as Sigma's rules for
 * Linux do, by number of fields and of comparisons; what they compare with is from lists of our own.
 * The first rules are the same whatever the count. DIRECTORY gets
 *
 * <ul>
 *   <li>{@code rules/}: the rules for Trailcam
 *   <li>{@code duckdb.sql}, {@code sqlite.sql}: number and condition of each, one a line
 *   <li>{@code all.jq}: prints the number of each rule that holds for an event, one a line
 *   <li>{@code literals}: one of these lines stands in each event that a rule holds for
 * </ul>
 */
final class Rules {
  private static final int SEED = 7;

  /** One rule in so many finds something in a hostile sample. */
  private static final int HOSTILE = 10;

  /** One rule in so many finds one execution of the honest build, the others none. */
  private static final int NOISY = 60;

  private final Random random = new Random(SEED);
  private final List<Item> mix = new ArrayList<>();
  private final Connection connection;

  private Rules(Connection connection, Path samples) throws SQLException {
    this.connection = connection;
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE e AS SELECT file LIKE '%/benign-ci-build/%' AS honest, exe, argv, parent_exe,"
              + " parent_argv, cwd, uid FROM read_parquet('"
              + samples.toString().replace("'", "''")
              + "/*/*/exec-*.parquet', filename = 'file') WHERE file NOT LIKE '%/contract-%'");
    }
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    Path directory = Path.of(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    List<PlainRule> rules = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Rules maker = new Rules(connection, Path.of(arguments[0]));
      for (int i = 1; i <= count; i++) {
        rules.add(maker.rule(i));
      }
    }
    Files.createDirectories(directory.resolve("rules"));
    // A function for each rule: one that has them all would be longer than jq allows.
    StringBuilder jq = new StringBuilder();
    StringJoiner calls = new StringJoiner(",\n", "", "\n");
    TreeSet<String> literals = new TreeSet<>();
    for (PlainRule rule : rules) {
      Files.writeString(directory.resolve("rules/" + rule.id() + ".sql"), rule.file());
      jq.append("def " + rule.id() + ": if " + rule.condition(Item.Language.JQ) + " then \"" + rule.id() + "\" else empty end;\n");
      calls.add(rule.id());
      literals.addAll(rule.literals());
    }
    Files.writeString(directory.resolve("all.jq"), jq + calls.toString());
    Files.write(directory.resolve("literals"), literals);
    conditions(directory.resolve("duckdb.sql"), rules, Item.Language.DUCKDB);
    conditions(directory.resolve("sqlite.sql"), rules, Item.Language.SQLITE);
  }

  private static void conditions(Path file, List<PlainRule> rules, Item.Language language)
      throws IOException {
    Files.write(
        file, rules.stream().map(rule -> rule.id() + "\t" + rule.condition(language)).toList());
  }

  private PlainRule rule(int number) throws SQLException {
    for (; ; ) {
      PlainRule rule = drawn(number);
      if (!rule.literals().isEmpty()
          && hits(rule, "honest") == (number % NOISY == NOISY / 2 ? 1 : 0)
          && (number % HOSTILE != 0 || hits(rule, "true") > 0)) {
        return rule;
      }
    }
  }

  /** Three or four comparisons, the first a positive one. */
  private PlainRule drawn(int number) {
    List<Item> items = new ArrayList<>();
    for (int i = random.nextInt(5) == 0 ? 4 : 3; i > 0; i--) {
      if (mix.isEmpty()) {
        mix.addAll(new Mix(random).items());
        Collections.shuffle(mix, random);
      }
      items.add(mix.remove(mix.size() - 1));
    }
    int last = items.size() - 1;
    return switch (random.nextInt(5)) {
      case 0 -> new PlainRule(number, items.subList(0, 1), items.subList(1, items.size()), List.of());
      case 1 ->
          new PlainRule(number, items.subList(0, last), List.of(), items.subList(last, last + 1));
      default -> new PlainRule(number, items.subList(0, 2), items.subList(2, items.size()), List.of());
    };
  }

  private int hits(PlainRule rule, String where) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM e WHERE "
                    + where
                    + " AND "
                    + rule.condition(Item.Language.DUCKDB))) {
      row.next();
      return row.getInt(1);
    }
  }
}
