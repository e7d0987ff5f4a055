// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories of others' runs are taken for abandoned; that of a live one is for an IT. */
class StaleDirectoriesTest {
  @TempDir Path temp;
  private Path own;

  @BeforeEach
  void makeOwn() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
    own = directory("trailcam-own", "rwx------");
  }

  @Test
  void abandoned_isRemovedWithAllThatIsInIt_andLinksAreNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "evidence");
    Path stale = directory("trailcam-1", "rwx------");
    Files.createDirectories(stale.resolve("spill"));
    Files.writeString(stale.resolve("spill/block.tmp"), "rows");
    Files.createSymbolicLink(stale.resolve("exec-0.parquet"), elsewhere);
    Files.createSymbolicLink(stale.resolve("up"), temp);
    Files.createFile(stale.resolve("lock"));

    StaleDirectories.removeBeside(own);

    assertEquals(List.of("elsewhere", "trailcam-own"), names());
    assertEquals("evidence", Files.readString(elsewhere));
  }

  @Test
  void whateverIsInDoubt_stays() throws IOException {
    directory("trailcam-no-lock", "rwx------");
    Files.createFile(directory("trailcam-open", "rwxr-xr-x").resolve("lock"));
    Files.createFile(directory("other-1", "rwx------").resolve("lock"));
    Files.writeString(temp.resolve("trailcam-file"), "");
    Path target = directory("target", "rwx------");
    Files.createFile(target.resolve("lock"));
    Files.createSymbolicLink(temp.resolve("trailcam-link"), target);
    Path linked = directory("trailcam-linked-lock", "rwx------");
    Files.createSymbolicLink(linked.resolve("lock"), temp.resolve("trailcam-file"));
    List<String> before = names();

    StaleDirectories.removeBeside(own);

    assertEquals(before, names());
    assertTrue(Files.exists(target.resolve("lock")));
  }

  @Test
  void whereOthersCanWrite_nothingIsRemoved() throws IOException {
    Files.createFile(directory("trailcam-1", "rwx------").resolve("lock"));
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));

    StaleDirectories.removeBeside(own);

    assertEquals(List.of("trailcam-1", "trailcam-own"), names());
  }

  @Test
  void ownOnes_areUsed() throws IOException {
    try (PrivateDirectory first = new PrivateDirectory();
        PrivateDirectory second = new PrivateDirectory()) {
      assertTrue(Files.exists(first.path()));
      assertTrue(Files.exists(second.path()));
    }
  }

  private Path directory(String name, String mode) throws IOException {
    Path directory = Files.createDirectory(temp.resolve(name));
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
