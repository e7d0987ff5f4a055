// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.queries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ExecId;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {
  private Surface surface;

  @BeforeEach
  void open() throws SQLException, IOException {
    surface = Surface.open();
  }

  @AfterEach
  void close() throws SQLException {
    surface.close();
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void viewHasEveryColumnOfTheFormat(Table table) throws SQLException {
    List<String> expected = new ArrayList<>();
    for (Column column : table.columns()) {
      expected.add(column.columnName() + "|" + column.type().sql());
      if (column.type().text()) {
        expected.add(column.rawName() + "|" + column.type().rawSql());
      }
    }
    if (table == Table.EXECS) {
      expected.add("program_names|VARCHAR[]");
      expected.add("inline_code|VARCHAR");
    }
    expected.sort(null);
    List<String> actual =
        surface.query("SELECT column_name, column_type FROM (DESCRIBE " + table.sqlName() + ")");
    assertEquals(expected, actual.stream().sorted().toList());
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void viewKeepsTheOrderOfStoredColumns(Table table) throws SQLException {
    List<String> expected = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      expected.add(column.columnName());
      if (column.type().text()) {
        expected.add(column.rawName());
      }
    }
    List<String> actual =
        new ArrayList<>(
            surface.query("SELECT column_name FROM (DESCRIBE " + table.sqlName() + ")"));
    actual.retainAll(expected);
    assertEquals(expected, actual);
  }

  @Test
  void idsAreThoseOfTheCaptureFormat() throws SQLException {
    String bootId = "3f9a1c2e-5b1d-4c8e-9d59-6a1f7f0f2b11";
    surface.run(
        "INSERT INTO raw_execs (boot_id, pid, start_boot_ns, boot_ns, clock_offset_ns) VALUES ("
            + Surface.quoted(bootId)
            + ", 4711, 12345678901234, 12345678909999, 1700000000000000000)");
    assertEquals(
        List.of(
            ExecId.execution(bootId, 4711, 12345678901234L, 12345678909999L)
                + "|"
                + ExecId.process(bootId, 4711, 12345678901234L)
                + "|"
                + (12345678909999L + 1_700_000_000_000_000_000L)),
        surface.query("SELECT exec_id, process_id, ts_ns FROM execs"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          /usr/bin/ls; /bin/ls; ls -l; [ls]
          /usr/bin/gawk; /usr/bin/awk; awk x; [gawk, awk]
          ; ./x; x; [x]
          /a/x; ; x; [x]
          /usr/bin/bash; /bin/sh; sh -c tcpdump; [bash, sh]
          /usr/bin/bash; /bin/bash; bash -eo pipefail -O extglob /a/s.sh -c x; [bash, s.sh]
          /usr/bin/bash; /bin/bash; bash -s tcpdump; [bash]
          /usr/bin/dash; /a/s.sh; /bin/sh -e /a/s.sh; [dash, s.sh]
          /usr/bin/bash-static; /bin/bash-static; bash -- s; [bash-static, s]
          /usr/bin/python3.13t; /usr/bin/python3; python3 -W ignore -Xdev -u s.py; [python3.13t, python3, s.py]
          /usr/bin/python3.11; /usr/bin/python3; python3 -Im a.b.c -m d; [python3.11, python3, a.b.c, a]
          /usr/bin/python3.11; /usr/bin/python3; python3 -mpip install; [python3.11, python3, pip]
          /usr/bin/python3.11; /usr/bin/python3; python3 s.py -m d; [python3.11, python3, s.py]
          /usr/bin/python3.11; /usr/bin/python3; python3 -c x tcpdump; [python3.11, python3]
          /usr/bin/python3.11; /usr/bin/python3; python3 -Ic x -m y; [python3.11, python3]
          /usr/bin/python3.11; /usr/bin/python3; python3 - tcpdump; [python3.11, python3]
          /usr/bin/perl; /usr/bin/perl; perl -MList::Util=sum -i.bak -w s; [perl, s]
          /usr/bin/perl; /usr/bin/perl; perl -lane x y; [perl]
          /usr/bin/ruby3.1; /usr/bin/ruby; ruby -I lib -rset s.rb; [ruby3.1, ruby, s.rb]
          /usr/bin/ruby3.1; /usr/bin/ruby; ruby -e x y; [ruby3.1, ruby]
          /usr/bin/node; /usr/bin/node; node --import ./h --inspect=9 -r m s.js -e; [node, s.js]
          /usr/bin/node; /usr/bin/node; node --eval x y; [node]
          /usr/bin/node; /usr/bin/node; node -pe x y; [node]
          /usr/bin/php8.2; /usr/bin/php; php -d a=b -f s.php; [php8.2, php, s.php]
          /usr/bin/php8.2; /usr/bin/php; php -r x y; [php8.2, php]
          /usr/bin/lua5.4; /usr/bin/lua; lua -e x -l m s.lua; [lua5.4, lua, s.lua]
          /usr/bin/busybox; /bin/busybox; busybox wget -O x; [busybox, wget]
          /usr/bin/busybox; /bin/sh; -sh; [busybox, sh]
          /usr/bin/busybox; /bin/busybox; busybox sh -e s.sh; [busybox, sh, s.sh]
          /usr/bin/busybox; /bin/busybox; busybox --list; [busybox]
          /usr/bin/coreutils; /usr/bin/env; coreutils --coreutils-prog-shebang=env /usr/bin/env php; [coreutils, env]
          /lib/ld-2.31.so; ./ld-2.31.so; ./ld-2.31.so --preload a ./b; [ld-2.31.so, b]
          /lib/ld-2.31.so; ./ld-2.31.so; ./ld-2.31.so --list ./b; [ld-2.31.so]
          /lib/ld-2.31.so; ./ld-2.31.so; ./ld-2.31.so --inhibit-cache /bin/perl ./b; [ld-2.31.so, perl, b]
          /lib/libc.so; /lib/ld-musl-x86_64.so.1; ld --library-path=a b; [libc.so, ld-musl-x86_64.so.1, b]
          /usr/bin/x86_64-linux-gnu-ld.bfd; /usr/bin/ld; ld -o a.out tcpdump.o; [x86_64-linux-gnu-ld.bfd, ld]
          /usr/bin/env; /usr/bin/env; env -i tcpdump; [env]
          /memfd:x (deleted); /proc/self/fd/5; tcpdump; ["'memfd:x'"]
          /usr/sbin/runc; /proc/self/exe; runc init; [runc]
          /usr/bin/bash; /bin/bash; bash /dev/fd/63; [bash]
          /a/b (deleted); ./b; b; [b]
          """)
  void programNames(String exe, String filename, String argv, String expected) throws SQLException {
    surface.run(
        "INSERT INTO raw_execs (exe, filename, argv) VALUES ("
            + literal(exe)
            + ", "
            + literal(filename)
            + ", string_split("
            + literal(argv)
            + ", ' '))");
    assertEquals(
        List.of(expected.replace("\"", "")), surface.query("SELECT program_names FROM execs"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /bin/dash; sh -c A; A
          /bin/bash; bash -euo pipefail -c A B; A B
          /bin/bash; bash -c -x -- A; A
          /bin/bash; bash -lc A; A
          /bin/bash; bash -o posix x.sh -c A;
          /bin/bash; bash x.sh -c A;
          /bin/bash; bash -s -c;
          /bin/bash-static; bash -c A; A
          /usr/bin/python3.11; python3 -c A B; A B
          /usr/bin/python3.11; python3 -W x -X y -Iuc A; A
          /usr/bin/python3.11; python3 -cA; A
          /usr/bin/python3.11; python3 -m a -c A;
          /usr/bin/python3.11; python3 x.py -c A;
          /usr/bin/perl; perl -MFoo -I lib -we A -e B; A -e B
          /usr/bin/perl; perl -i.bak -pe A f; A f
          /usr/bin/perl; perl -E A; A
          /usr/bin/perl; perl x.pl -e A;
          /usr/bin/ruby3.1; ruby -rset -I lib -e A; A
          /usr/bin/ruby3.1; ruby x.rb -e A;
          /usr/bin/node; node -r m -pe A; A
          /usr/bin/node; node --eval=A; A
          /usr/bin/node; node --print A; A
          /usr/bin/node; node x.js -e A;
          /usr/bin/php8.2; php -d a=b -r A; A
          /usr/bin/php8.2; php --run A; A
          /usr/bin/php8.2; php -f x.php -r A;
          /usr/bin/lua5.4; lua -l m -e A; A
          /usr/bin/expect; expect -c A; A
          /bin/busybox; busybox sh -c A; A
          /bin/busybox; sh -c A; A
          /bin/busybox; busybox wget -c A;
          /lib/ld-2.31.so; ld.so --argv0 x /bin/python3 -c A; A
          /lib/ld-2.31.so; ld.so /bin/ls -c A;
          /usr/bin/gcc; gcc -c A;
          ; sh -c A;
          """)
  void inlineCode(String exe, String argv, String expected) throws SQLException {
    surface.run(
        "INSERT INTO raw_execs (exe, argv) VALUES ("
            + literal(exe)
            + ", string_split("
            + literal(argv)
            + ", ' '))");
    assertEquals(List.of(String.valueOf(expected)), surface.query("SELECT inline_code FROM execs"));
  }

  @Test
  void programNamesOfNothingKnownIsEmpty() throws SQLException {
    surface.run("INSERT INTO raw_execs (pid) VALUES (1)");
    assertEquals(List.of("[]|null"), surface.query("SELECT program_names, inline_code FROM execs"));
  }

  /** DuckDB 2.0.0 failed on both, see the prelude. */
  @Test
  void columnsThatHoldNothingButNullCanBeFiltered() throws SQLException {
    surface.run("INSERT INTO raw_execs (pid) VALUES (1)");
    assertEquals(
        List.of(),
        surface.query("SELECT 1 FROM execs WHERE basename(exe) = 'a' AND basename(cwd) <> 'b'"));
    surface.run("SET disabled_optimizers = ''");
    assertEquals(List.of("[]"), surface.query("SELECT program_names FROM execs"));
  }

  @Test
  void argumentsWithLineFeedsAreArguments() throws SQLException {
    surface.run(
        "INSERT INTO raw_execs (exe, filename, argv) VALUES ('/bin/python3', '/bin/python3',"
            + " ['python3', '-W', 'a' || chr(10) || 'b', '/x/mitmdump']),"
            + " ('/lib/ld.so', '/lib/ld.so',"
            + " ['ld.so', '--argv0', 'a' || chr(10), '/x/mitmdump', chr(10)])");
    assertEquals(
        List.of("[python3, mitmdump]", "[ld.so, mitmdump]"),
        surface.query("SELECT program_names FROM execs"));
  }

  @Test
  void whatNobodyAsksForIsNotComputed() throws SQLException {
    String plan = String.join("\n", surface.query("EXPLAIN SELECT count(*) FROM execs"));
    assertFalse(plan.contains("regexp_extract"), plan);
    String one = String.join("\n", surface.query("EXPLAIN SELECT max(pid) FROM execs"));
    assertFalse(one.contains("regexp_extract") || one.contains("argv"), one);
    String names = String.join("\n", surface.query("EXPLAIN SELECT max(program_names) FROM execs"));
    assertTrue(names.contains("regexp_extract"), names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          argc(NULL::VARCHAR[]) = 0
          arg(['a', 'b'], 2) = 'b'
          arg(['a'], 2) IS NULL
          has_arg(['a', NULL], 'a')
          NOT has_arg(NULL::VARCHAR[], 'a')
          NOT has_arg(['b', NULL], 'a')
          has_any_arg(['a', 'b'], ['c', 'b'])
          NOT has_any_arg(NULL::VARCHAR[], ['c'])
          cmdline(['a', 'b c']) = 'a b c'
          any_like(['x', '100%'], '%0\\%')
          NOT any_like(['X'], 'x')
          NOT any_like(NULL::VARCHAR[], '%')
          any_ilike(['X'], 'x')
          any_matches(['ab'], '^a.$')
          NOT any_matches(NULL::VARCHAR[], '.')
          matches('xay', 'a')
          NOT matches(NULL, 'a')
          basename('/a/b') = 'b'
          basename('b') = 'b'
          basename('/a/') = ''
          file_name('/a/b (deleted)') = 'b'
          file_name(NULL) IS NULL
          unversioned('python3.11') = 'python'
          unversioned('perl5.36-x86_64-linux-gnu') = 'perl'
          unversioned('php-fpm8.2') = 'php-fpm'
          unversioned('original-awk') = 'original-awk'
          unversioned('beam.smp') = 'beam.smp'
          unversioned(NULL) IS NULL
          ip_address('192.0.2.1') = '192.0.2.1'
          ip_address('alice@192.0.2.1:/tmp') = '192.0.2.1'
          ip_address('https://[2001:db8::1]:8443/x') = '2001:db8::1'
          ip_address('http://user:pw@192.0.2.1/x') = '192.0.2.1'
          ip_address('TCP4:192.0.2.1:443') = '192.0.2.1'
          ip_address('@192.0.2.1') = '192.0.2.1'
          ip_address('fe80::1%eth0') = 'fe80::1'
          ip_address('2001:db8:0:0:0:0:0:1') = '2001:db8:0:0:0:0:0:1'
          ip_address('https://example.org/tool-1.2.3.4.tar.gz') = ''
          ip_address('1.2.3.4.5') = ''
          ip_address('300.1.1.1') = ''
          ip_address('00:11:22:33:44:55') = ''
          ip_address('12:30:45') = ''
          ip_address('X-Forwarded-For: 192.0.2.1') = ''
          ip_address(NULL) IS NULL
          address_scope('192.0.2.1') = 'public'
          address_scope('2001:db8::1') = 'public'
          address_scope('127.0.0.53') = 'machine'
          address_scope('0.0.0.0') = 'machine'
          address_scope('::1') = 'machine'
          address_scope('172.16.0.1') = 'local'
          address_scope('172.32.0.1') = 'public'
          address_scope('100.64.0.1') = 'local'
          address_scope('FE80::1') = 'local'
          address_scope('169.254.1.1') = 'local'
          address_scope('169.254.169.254') = 'metadata'
          address_scope('') IS NULL
          address_scope(NULL) IS NULL
          starts('ab', 'a')
          NOT starts(NULL, 'a')
          ends('ab', 'b')
          has_substr('abc', 'b')
          NOT has_substr('abc', '%')
          epoch_micros('1970-01-01 00:00:01+00'::TIMESTAMPTZ) = 1000000
          bucket('2026-01-01 00:00:59+00'::TIMESTAMPTZ, 60) = '2026-01-01 00:00:00+00'::TIMESTAMPTZ
          sha256_hex('') = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
          ancestor_exes([{'pid': 1, 'start': 2, 'comm': 'c', 'exe': '/e'}]) = ['/e']
          has_ancestor([{'pid': 1, 'start': 2, 'comm': 'c', 'exe': '/bin/e'}], '%/e')
          NOT has_ancestor(NULL::STRUCT(exe VARCHAR)[], '%')
          has_package_manager([{'exe': '/bin/sh'}, {'exe': '/usr/bin/dpkg'}])
          NOT has_package_manager([{'exe': '/tmp/dpkg'}, {'exe': '/usr/bin/apt-get'}])
          NOT has_package_manager(NULL::STRUCT(exe VARCHAR)[])
          absolute('/a', '/b') = '/a'
          absolute('a', '/b') = '/b/a'
          absolute('a', NULL) IS NULL
          lies_in('x', NULL, NULL)
          lies_in('/etc/shadow', NULL, 'etc')
          lies_in('../etc/shadow', '/tmp', 'etc')
          lies_in('shadow', '/etc', 'security|etc')
          lies_in('if=/etc/shadow', '/tmp', 'etc')
          NOT lies_in('shadow', '/tmp', 'etc')
          NOT lies_in('shadow', NULL, 'etc')
          NOT lies_in('/notetc/shadow', '/etc', 'etc')
          lies_in('.npmrc', '/home/a', '~')
          lies_in('/root/.npmrc', NULL, '~')
          NOT lies_in('.npmrc', '/home/a/project', '~')
          lies_in('/proc/1/environ', NULL, '/proc')
          lies_in('environ', '/proc/self', '/proc')
          NOT lies_in('/srv/proc/1/environ', NULL, '/proc')
          NOT lies_in(NULL, '/etc', NULL)
          EXISTS (SELECT 1 FROM explode(['a', 'b']) AS t(x) WHERE t.x = 'b')
          NOT EXISTS (SELECT 1 FROM explode(NULL::VARCHAR[]) AS t(x))
          shell_blanks('{echo,a}|base64${IFS}-d$IFS') = ' echo a |base64 -d '
          shell_blanks(NULL) IS NULL
          hidden_names('/a/.b/c.d/.e') = 2
          hidden_names('/a') = 0
          hidden_names(NULL) IS NULL
          in_temporary_dir('/tmp/x')
          in_temporary_dir('/var/tmp/a/x')
          in_temporary_dir('/dev/shm/x')
          in_temporary_dir('/run/user/1000/x')
          NOT in_temporary_dir('/tmp')
          NOT in_temporary_dir('/tmpfs/x')
          NOT in_temporary_dir('tmp/x')
          NOT in_temporary_dir('/run/x')
          NOT in_temporary_dir(NULL)
          in_system_bin('/usr/sbin/x')
          in_system_bin('/bin/x')
          NOT in_system_bin('/usr/local/bin/x')
          NOT in_system_bin('/usr/bin/a/x')
          NOT in_system_bin(NULL)
          runs_loader('/lib/ld-linux-x86-64.so.2')
          runs_loader('/lib/ld-musl-x86_64.so.1 (deleted)')
          NOT runs_loader('/usr/bin/ld')
          NOT runs_loader(NULL)
          loaded_program(['ld.so', '--argv0', 'x', '/bin/a', 'b']) = '/bin/a'
          loaded_program(['ld.so', '--list', '/bin/a']) = ''
          loaded_program(NULL::VARCHAR[]) IS NULL
          """)
  void word(String claim) throws SQLException {
    assertEquals(List.of("true"), surface.query("SELECT " + claim));
  }

  private static String literal(String text) {
    return text == null ? "NULL" : Surface.quoted(text);
  }

  @ParameterizedTest
  @EnumSource(
      value = Table.class,
      names = {"FILES", "LOSSES"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyDerivedColumnIsComputedFromStoredOnes(Table table) throws SQLException {
    execution("c", 1, 7, 300);
    contents("c", 300, "'aa'", "'bb'", "['libc.so.6']");
    if (table != Table.EXECS) {
      String content = table == Table.PROCESSES ? CONTENT : "exec_cpu, exec_seq";
      surface.run(
          "INSERT INTO raw_%s (capture_id, boot_id, pid, start_boot_ns, boot_ns, clock_offset_ns, %s)"
                  .formatted(table.sqlName(), content)
              + " VALUES ('c', 'b', 5, 2, 9, 4, "
              + (table == Table.PROCESSES ? contentKey(300) : "1, 7")
              + ")");
    }
    for (Column column : table.columns()) {
      if (column.derived()) {
        List<String> values =
            surface.query("SELECT " + column.columnName() + " FROM " + table.sqlName());
        assertEquals(1, values.size());
        assertFalse(values.contains("null"), column.columnName());
      }
    }
  }

  @Test
  void eventsNameTheExecutionOfTheirProgram() throws SQLException {
    execution("c", 0, 7, 100);
    execution("c", 1, 7, 200);
    execution("d", 1, 8, 300);
    // Sealed twice by a forger: one event stays one row.
    execution("c", 1, 7, 200);
    for (Table table : List.of(Table.EXITS, Table.FAILED_EXECS, Table.RAW_SOCKETS)) {
      surface.run(
          "INSERT INTO raw_%s (capture_id, boot_id, pid, start_boot_ns, boot_ns, clock_offset_ns,"
                  .formatted(table.sqlName())
              + " exec_cpu, exec_seq) VALUES ('c', 'b', 5, 2, 9, 4, 1, 7), ('c', 'b', 5, 2, 10, 4, 1,"
              + " 8), ('c', 'b', 5, 2, 11, 4, 65535, 7), ('c', 'b', 5, 2, 12, 4, NULL, NULL)");
      assertEquals(
          List.of(
              "b:5:2|13|" + ExecId.execution("b", 1, 2, 200),
              "b:5:2|14|null",
              "b:5:2|15|null",
              "b:5:2|16|null"),
          surface.query(
              "SELECT process_id, ts_ns, exec_id FROM " + table.sqlName() + " ORDER BY boot_ns"));
    }
    assertEquals(List.of("7"), surface.query("SELECT min(run_ns) FROM exits"));
  }

  @Test
  void contentIsThatOfTheVeryFile() throws SQLException {
    for (int size : List.of(1, 2, 3, 4)) {
      execution("c", 0, size, size);
    }
    contents("c", 1, "'aa'", "NULL", "[]");
    contents("d", 2, "'bb'", "NULL", "NULL");
    // Looked into twice, the first time in vain.
    contents("c", 3, "NULL", "NULL", "NULL");
    contents("c", 3, "'cc'", "'dd'", "['x']");
    // A contradiction: neither is known to be true.
    contents("c", 4, "'ee'", "'gg'", "NULL");
    contents("c", 4, "'ff'", "'gg'", "NULL");
    assertEquals(
        List.of("1|aa|null|[]", "2|null|null|null", "3|cc|dd|[x]", "4|null|gg|null"),
        surface.query("SELECT size, sha256, build_id, needed FROM execs ORDER BY size"));
  }

  @Test
  void whatNobodyAsksForIsNotJoined() throws SQLException {
    assertFalse(plan("SELECT max(pid), max(program_names) FROM execs").contains("raw_files"));
    assertFalse(plan("SELECT max(pid) FROM processes").contains("raw_files"));
    assertTrue(plan("SELECT max(sha256) FROM execs").contains("raw_files"));
    for (String table : List.of("exits", "failed_execs", "raw_sockets")) {
      assertFalse(plan("SELECT max(pid) FROM " + table).contains("raw_execs"), table);
      assertTrue(plan("SELECT max(exec_id) FROM " + table).contains("raw_execs"), table);
    }
  }

  private static final String CONTENT = "dev, inode, size, ctime";

  /** The file that some execution ran, told from others by its size. */
  private static String contentKey(int size) {
    return "1, 2, " + size + ", make_timestamptz(3)";
  }

  private void execution(String capture, int cpu, int seq, int bootNs) throws SQLException {
    surface.run(
        "INSERT INTO raw_execs (capture_id, boot_id, pid, start_boot_ns, boot_ns, clock_offset_ns,"
            + " cpu, seq, %s) VALUES ('%s', 'b', 1, 2, %d, 4, %d, %d, %s)"
                .formatted(CONTENT, capture, bootNs, cpu, seq, contentKey(bootNs)));
  }

  private void contents(String capture, int size, String sha256, String buildId, String needed)
      throws SQLException {
    surface.run(
        "INSERT INTO raw_files (capture_id, %s, sha256, build_id, needed) VALUES ('%s', %s, %s, %s,"
                .formatted(CONTENT, capture, contentKey(size), sha256, buildId)
            + needed
            + ")");
  }

  private String plan(String sql) throws SQLException {
    return String.join("\n", surface.query("EXPLAIN " + sql));
  }
}
