// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Arguments without secrets stay as they are. */
final class BenignArgumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("trailcam.root"));

  private final SecretMask mask = SecretMask.withKey("key".getBytes(UTF_8));

  @Test
  void argumentsThatOnlyLookLikeSecrets_stay() {
    assertAll(SecretCorpus.benign().stream().map(argv -> () -> assertUnchanged(argv)));
  }

  private void assertUnchanged(List<byte[]> argv) {
    Masked masked = mask.mask(argv);
    assertEquals(SecretCorpus.text(argv), SecretCorpus.text(masked.argv()));
    assertSame(argv, masked.argv());
    assertEquals(0, masked.count());
  }

  /** Recordings of attacks among them: a few do hold secrets. */
  @Test
  void realExecutions_areHardlyChanged() throws IOException {
    Path file = ROOT.resolve("../shared/data/real_execs.ndjson");
    assumeTrue(Files.exists(file), "no " + file);
    JsonMapper json = JsonMapper.builder().build();
    int executions = 0;
    List<String> changed = new ArrayList<>();
    for (String line : Files.readAllLines(file, UTF_8)) {
      List<byte[]> argv = argv(json.readTree(line));
      Masked masked = mask.mask(argv);
      executions++;
      if (masked.count() > 0) {
        changed.add(SecretCorpus.text(masked.argv()));
      }
    }
    assertTrue(executions > 700, executions + " executions");
    assertTrue(changed.size() * 1000 <= executions * 2, () -> String.join("\n", changed));
  }

  /** The arguments, or where the source joined them, the words of the command line. */
  private static List<byte[]> argv(JsonNode exec) {
    List<String> argv = new ArrayList<>();
    if (exec.get("argv").isArray()) {
      exec.get("argv").forEach(argument -> argv.add(argument.asString()));
    } else if (!exec.get("cmdline").isNull()) {
      argv.addAll(List.of(exec.get("cmdline").asString().split(" ", -1)));
    }
    return SecretCorpus.bytes(argv);
  }
}
