// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.SurfaceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the git program of this machine. */
class RepositoryTest {
  private static final String RULE =
      """
      -- id: tools
      -- version: 1
      -- title: A tool
      -- description: Looks for tools.
      -- severity: high
      -- status: experimental
      -- surface: 1
      SELECT exec_id, 'x' AS reason FROM execs
      """;

  @TempDir Path temp;

  @BeforeEach
  void commitTwice() throws IOException, InterruptedException {
    git("init", "-q", "-b", "main");
    write("queries/rules/x/tools.sql", RULE);
    write("queries/lists/tools.csv", "name\nnmap\ntshark\n");
    write("unrelated.sql", "-- id: no\n");
    commit("first");
    git("tag", "before");
    write("queries/lists/tools.csv", "name\nnmap\n");
    write("queries/rules/x/tools.sql", RULE.replace("version: 1", "version: 2"));
    commit("second");
  }

  @Test
  void revision_isAsItWas() throws RevisionException {
    Revision before = Repository.of(temp.resolve("queries")).revision("before");
    assertTrue(before.label().matches("before \\([0-9a-f]{12}\\)"), before.label());
    RuleSet old = RuleSet.of(before, before.under());
    assertEquals(List.of(), old.problems());
    assertEquals(1, old.rules().get(0).version());
    assertEquals("before:queries/rules/x/tools.sql", old.rules().get(0).file());
    assertEquals(
        List.of(
            new SurfaceFile(
                "lists/tools.csv", "before:queries/lists/tools.csv", "name\nnmap\ntshark\n")),
        old.surface().lists());
    Revision now = Repository.of(temp.resolve("queries")).revision("HEAD");
    assertEquals(2, RuleSet.of(now, now.under()).rules().get(0).version());
  }

  @Test
  void partOfTheRules_bringsItsListsAlong() throws RevisionException {
    for (String part : List.of("queries/rules", "queries/rules/x", "queries/rules/x/tools.sql")) {
      Revision before = Repository.of(temp.resolve(part)).revision("before");
      RuleSet rules = RuleSet.of(before, before.under());
      assertEquals(1, rules.rules().size(), part);
      assertEquals(1, rules.surface().lists().size(), part);
    }
  }

  @Test
  void revision_isNeverAnOption() throws RevisionException {
    Repository repository = Repository.of(temp.resolve("queries"));
    for (String bad :
        List.of("-x", "--output=/tmp/x", "", "nowhere", "HEAD\n", "main:queries", "HEAD..main")) {
      assertThrows(RevisionException.class, () -> repository.revision(bad), bad);
    }
    assertThrows(RevisionException.class, () -> Repository.of(temp.resolve("nowhere")));
  }

  @Test
  void outsideOfARepository_isAnError(@TempDir Path elsewhere) {
    assertThrows(RevisionException.class, () -> Repository.of(elsewhere));
  }

  @Test
  void configurationOfTheRepository_startsNothing() throws Exception {
    Path proof = temp.resolve("started");
    Path script = temp.resolve("script");
    Files.writeString(script, "#!/bin/sh\ntouch '" + proof + "'\ncat\n");
    assertTrue(script.toFile().setExecutable(true));
    for (String key :
        List.of(
            "core.fsmonitor",
            "core.pager",
            "pager.ls-tree",
            "pager.cat-file",
            "core.sshCommand",
            "core.editor",
            "filter.x.smudge",
            "filter.x.clean",
            "filter.x.process",
            "diff.x.textconv",
            "alias.ls-tree",
            "alias.cat-file")) {
      git("config", key, key.startsWith("alias") ? "!" + script : script.toString());
    }
    write(".gitattributes", "* filter=x diff=x\n");
    Files.createDirectories(temp.resolve(".git/hooks"));
    for (String hook : List.of("post-checkout", "post-index-change", "reference-transaction")) {
      Files.copy(script, temp.resolve(".git/hooks").resolve(hook));
    }
    Revision before = Repository.of(temp.resolve("queries")).revision("before");
    assertEquals(1, RuleSet.of(before, before.under()).rules().size());
    assertFalse(Files.exists(proof));
  }

  @Test
  void links_areNoFiles() throws Exception {
    Files.createSymbolicLink(temp.resolve("queries/lists/link.csv"), Path.of("tools.csv"));
    commit("link");
    Revision now = Repository.of(temp.resolve("queries")).revision("HEAD");
    assertEquals(List.of("lists/tools.csv"), now.list("lists/", ".csv"));
  }

  @Test
  void largeFile_isRefused() throws Exception {
    write("queries/lists/large.csv", "name\n" + "x".repeat(1 << 20));
    commit("large");
    Revision now = Repository.of(temp.resolve("queries")).revision("HEAD");
    assertThrows(IOException.class, () -> now.find("lists/large.csv"));
    assertEquals(1, RuleSet.of(now, now.under()).problems().size());
  }

  private void commit(String message) throws IOException, InterruptedException {
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
  }

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", temp.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
