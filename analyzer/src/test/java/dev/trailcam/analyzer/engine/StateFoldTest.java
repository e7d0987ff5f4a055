// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFoldTest {
  private static final EngineOptions OPTIONS = new EngineOptions(1, "100MB");

  @TempDir Path temp;

  /** What a kill leaves: nothing after the stage is done, and nobody has the lock any more. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void foldedBooks_areTheSameWithoutALog() throws IOException {
    Path state = begun();
    try (HuntState books = HuntState.open(state, OPTIONS)) {
      books.fold(Long.MAX_VALUE, stage -> {});
      books.finish(2);
      books.fold(-1, stage -> {});
    }
    if (log(state) <= Files.size(state)) {
      // The limit is the file's own size.
      assertEquals(3, run(state));
    }
    fold(state, Optional.empty());
    assertEquals(0, log(state));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    assertEquals(3, run(state));
    assertEquals(List.of("state"), names());
  }

  @Test
  void foldThatIsKilled_leavesTheOldBooksOrTheNew() throws IOException {
    for (StateFold.Stage stage : StateFold.Stage.values()) {
      for (Path file : paths()) {
        Files.delete(file);
      }
      Path state = begun();
      assertThrows(Killed.class, () -> fold(state, Optional.of(stage)));
      assertEquals(2, run(state), stage.toString());
      // It still works, and what is added now is not lost with what was cleared away.
      try (HuntState books = HuntState.open(state, OPTIONS)) {
        books.finish(2);
      }
      assertEquals(3, run(state), stage.toString());
      assertFalse(names().contains(".state.folded"), stage.toString());
    }
  }

  @Test
  void fileThatWaits_isPutInPlace() throws IOException {
    Path state = begun();
    assertThrows(Killed.class, () -> fold(state, Optional.of(StateFold.Stage.NAMED)));
    assertTrue(names().contains(".state.folded"));
    assertTrue(new StateFold(state.toRealPath()).finish());
    assertFalse(names().contains(".state.folded"));
    assertEquals(2, run(state));
  }

  /** Whoever removed the file wanted to begin anew, and would get the old books back. */
  @Test
  void remainsOfBooksThatAreGone_areRefused() throws IOException {
    for (StateFold.Stage stage : List.of(StateFold.Stage.WRITTEN, StateFold.Stage.NAMED)) {
      Path state = begun();
      assertThrows(Killed.class, () -> fold(state, Optional.of(stage)));
      Files.delete(state);
      String why =
          assertThrows(EngineException.class, () -> HuntState.open(state, OPTIONS)).getMessage();
      String remains = stage == StateFold.Stage.NAMED ? ".state.folded" : "state.wal";
      assertTrue(why.contains("is gone and " + remains), why);
      assertFalse(Files.exists(state));
      for (Path file : paths()) {
        Files.delete(file);
      }
    }
  }

  private Path begun() {
    Path state = temp.resolve("state");
    try (HuntState books = HuntState.open(state, OPTIONS)) {
      books.finish(1);
    }
    return state;
  }

  private static void fold(Path state, Optional<StateFold.Stage> killedAt) throws IOException {
    Path file = state.toRealPath();
    Engine.run(
        () -> {
          try (Session session = new Session(OPTIONS)) {
            session.execute("SET checkpoint_threshold = '1TB'");
            session.execute("PRAGMA disable_checkpoint_on_shutdown");
            session.execute("ATTACH " + Session.literal(file) + " AS state (TYPE duckdb)");
            new StateFold(file)
                .run(
                    session,
                    stage -> {
                      if (killedAt.isPresent() && killedAt.get() == stage) {
                        throw new Killed();
                      }
                    });
          }
          return true;
        });
  }

  private static int run(Path state) {
    try (HuntState books = HuntState.open(state, OPTIONS)) {
      return books.run();
    }
  }

  private static long log(Path state) throws IOException {
    Path log = state.resolveSibling(state.getFileName() + ".wal");
    return Files.exists(log) ? Files.size(log) : 0;
  }

  private List<Path> paths() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.toList();
    }
  }

  private List<String> names() throws IOException {
    return paths().stream().map(path -> path.getFileName().toString()).sorted().toList();
  }
}
