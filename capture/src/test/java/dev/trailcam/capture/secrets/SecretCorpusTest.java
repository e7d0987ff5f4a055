// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of secret in every shape that takes it. */
final class SecretCorpusTest {
  private static final byte[] KEY = "the key of the corpus".getBytes(UTF_8);
  private static final int RUN = 4;

  private final SecretMask mask = SecretMask.withKey(KEY);

  static List<SecretCorpus.Shape> shapes() {
    return SecretCorpus.shapes();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void secret_isReplacedByItsMark_andNothingElse(SecretCorpus.Shape shape) {
    List<Executable> checks = new ArrayList<>();
    for (SecretCorpus.Kind kind : SecretCorpus.kinds()) {
      if (shape.takes(kind)) {
        checks.add(() -> check(shape, kind));
      }
    }
    assertFalse(checks.isEmpty());
    assertAll(checks);
  }

  private void check(SecretCorpus.Shape shape, SecretCorpus.Kind kind) {
    List<byte[]> argv = shape.with(kind.secret());
    Masked masked = mask.mask(argv);
    String mark = MarkOracle.mark(KEY, kind.secret());
    String expected = SecretCorpus.text(shape.with(mark));
    String found = SecretCorpus.text(masked.argv());
    assertEquals(expected, found, kind.name());
    assertTrue(masked.count() > 0, kind.name());
    assertTrue(mask.suspicious(SecretCorpus.section(argv)), kind.name());
    assertNoRun(kind, SecretCorpus.text(shape.with("")), found.replace(mark, ""));
  }

  /** No four bytes of a secret remain that the rest of the arguments does not hold anyway. */
  private static void assertNoRun(SecretCorpus.Kind kind, String around, String rest) {
    for (int i = 0; i + RUN <= kind.secret().length(); i++) {
      String run = kind.secret().substring(i, i + RUN);
      assertTrue(around.contains(run) || !rest.contains(run), kind.name() + ": " + run);
    }
  }

  @Test
  void corpus_isLargeEnough() {
    List<SecretCorpus.Kind> kinds = SecretCorpus.kinds();
    long combinations =
        shapes().stream().mapToLong(s -> kinds.stream().filter(s::takes).count()).sum();
    Set<String> secrets = new HashSet<>();
    kinds.forEach(kind -> secrets.add(kind.secret()));
    assertEquals(kinds.size(), secrets.size());
    assertTrue(kinds.size() >= 40, kinds.size() + " kinds");
    assertTrue(combinations >= 300, combinations + " combinations");
  }
}
