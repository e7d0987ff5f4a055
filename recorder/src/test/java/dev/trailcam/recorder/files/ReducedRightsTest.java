// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder finds out that has given up its capabilities. */
final class ReducedRightsTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir private Path directory;
  private Path foreign;

  /**
   * Examines the files named and says of each why facts are missing, or the digest's first byte.
   */
  static final class Program {
    private Program() {}

    public static void main(String[] files) throws IOException {
      FileReading reading = new FileReading(Limits.DEFAULT);
      for (String file : files) {
        FileFacts facts = reading.examine(TestFiles.request(Path.of(file)));
        System.out.println(facts.why() + " " + (facts.sha256() != null));
      }
    }
  }

  @BeforeEach
  void makeForeignProgram() throws IOException {
    TestFiles.assumeRoot();
    assumeTrue(Files.isExecutable(SETPRIV), "needs setpriv");
    foreign = TestFiles.elf(directory.toRealPath().resolve("tool"));
    TestFiles.run("chown", "1234:1234", foreign.toString());
    TestFiles.run("chmod", "0711", foreign.toString());
  }

  @Test
  void rootWithoutCapabilities_isNotPermitted() throws IOException {
    assertEquals("NOT_PERMITTED false", examine("-all"));
  }

  /** Also without CAP_FOWNER, which not touching the access time would need. */
  @Test
  void rootThatMayOnlyRead_readsEverything() throws IOException {
    assertEquals("null true", examine("-all,+dac_read_search"));
  }

  private String examine(String capabilities) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                SETPRIV.toString(),
                "--bounding-set=" + capabilities,
                "--inh-caps=-all",
                "--no-new-privs",
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                foreign.toString()));
    return TestFiles.run(command.toArray(String[]::new)).strip();
  }
}
