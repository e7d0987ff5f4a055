// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay",
        "hunt",
        "inspect",
        "sql",
        "verify",
        "compact",
        "rules",
        "test",
        "diff",
        "compare",
        "explain",
        "tree",
        "timeline",
        "report",
        "export",
        "record",
        "recover",
        "doctor"
      })
  void everyVerb_isInTheOverviewAndHelpsWithExamples(String verb) throws Exception {
    String overview = Launcher.trailcam("--help").out();
    assertTrue(overview.contains("\n  " + verb + " "), overview);

    Launcher.Run help = Launcher.trailcam(verb, "--help");
    assertEquals(0, help.status(), help.err());
    assertTrue(help.out().contains("Example"), help.out());
    assertTrue(help.out().contains("trailcam " + verb), help.out());
    assertTrue(help.out().contains("Exit "), help.out());
  }

  @Test
  void unknownVerb_isAUsageError() throws Exception {
    Launcher.Run run = Launcher.trailcam("watch");
    assertEquals(2, run.status());
    assertEquals("trailcam: there is no 'watch'; see trailcam --help\n", run.err());
    assertEquals(2, Launcher.trailcam().status());
  }

  @Test
  void version_isToldByBothPrograms() throws Exception {
    String version = Launcher.trailcam("--version").out();
    assertTrue(version.matches("trailcam [0-9].*\n"), version);
    assertEquals(version, Launcher.trailcam("record", "--version").out());
  }

  /** A stand-in for java says what it was started with. */
  @ParameterizedTest
  @CsvSource({
    "replay --memory 512MB x, -Xmx128000k",
    "diff --memory=1.5GB x, -Xmx375000k",
    "replay --memory 64GB x, -Xmx4000000k",
    "replay --memory 20MB x, -Xmx16000k",
    "replay --memory 0x10MB x, -XX:MaxRAMPercentage=20",
    "replay x -- --memory 1GB, -XX:MaxRAMPercentage=20",
    "replay x, -XX:MaxRAMPercentage=20"
  })
  void memory_boundsTheHeap(String arguments, String option, @TempDir Path home) throws Exception {
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \" $* \"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Launcher.trailcam("--version"); // with the real one, so that there is nothing left to prepare
    Launcher.Run run =
        Launcher.run(List.of("sh", "-c", "JAVA_HOME=" + home + " ./trailcam " + arguments));
    assertTrue(run.out().contains(" " + option + " "), run.out() + run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailcam re", "trailcam record --env", "trailcam replay --fo"})
  void completion_worksInBash(String line) throws Exception {
    String expected =
        switch (line) {
          case "trailcam re" -> "replay report record recover";
          case "trailcam record --env" -> "--environment";
          default -> "--format";
        };
    String script =
        "source <(./trailcam completion); COMP_LINE='"
            + line
            + "'; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _trailcam;"
            + " echo ${COMPREPLY[@]}";
    Launcher.Run run = Launcher.run(List.of("bash", "-c", script));
    assertEquals(expected, run.out().strip(), run.err());
  }
}
