// SPDX-License-Identifier: Apache-2.0

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Judge DIRECTORY: compares what witnesses said of themselves with what was recorded of them. */
final class Judge {
  private static final String[] COLUMNS = {
    "exe", "cwd", "comm", "cgroup", "argc", "argv_bytes", "uid", "euid", "gid", "login_uid",
    "caps_effective", "mnt_ns", "pid_ns", "net_ns", "user_ns", "inode", "nlink", "mode"
  };

  private Judge() {}

  public static void main(String[] arguments) throws SQLException {
    String directory = arguments[0];
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "CREATE VIEW saw AS SELECT * REPLACE (regexp_replace(exe, ' .deleted.$', '') AS exe,"
              + " nullif(login_uid, 4294967295) AS login_uid)"
              + " FROM read_json('" + directory + "/testimony.json', format = 'newline_delimited')");
      sql.execute(
          "CREATE VIEW got AS SELECT * FROM read_parquet('" + directory
              + "/capture-*/*/exec-*.parquet', filename = 'file')"
              + " WHERE file LIKE '%/capture-shapes/%' OR file LIKE '%/capture-machine/%'"
              + " QUALIFY row_number() OVER (PARTITION BY pid_ns, ns_pid ORDER BY boot_ns DESC) = 1");
      print(sql, "SELECT count(*) || ' witnesses, ' || count(got.pid) || ' recorded'"
          + " FROM saw LEFT JOIN got USING (ns_pid, pid_ns)");
      for (String column : COLUMNS) {
        print(sql, "SELECT shape || ': " + column + " is ' || coalesce(saw." + column
            + "::VARCHAR, 'NULL') || ', recorded ' || coalesce(got." + column
            + "::VARCHAR, 'NULL') FROM saw JOIN got USING (ns_pid, pid_ns)"
            + " WHERE saw." + column + " IS DISTINCT FROM got." + column);
      }
      print(sql, "SELECT shape || ': read faults ' || got.read_faults::VARCHAR"
          + " FROM saw JOIN got USING (ns_pid, pid_ns) WHERE len(got.read_faults) > 0");
      print(sql, "SELECT shape || ': environment ' || got.env_names::VARCHAR"
          + " FROM saw JOIN got USING (ns_pid, pid_ns) WHERE len(got.env_names) > 0");
      print(sql, "SELECT shape || ': no parent, ' || got.ancestors::VARCHAR"
          + " FROM saw JOIN got USING (ns_pid, pid_ns) WHERE got.parent_exe IS NULL");
      print(sql, "SELECT shape || ': parent ' || got.parent_exe || ' ' || got.parent_argv::VARCHAR"
          + " FROM saw JOIN got USING (ns_pid, pid_ns) WHERE shape = 'snapshot'");
    }
  }

  private static void print(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        System.out.println("  " + rows.getString(1));
      }
    }
  }
}
