// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageTableTest {
  @Test
  void equalPrograms_areShared() {
    ImageTable images = new ImageTable(1 << 20);
    images.put(1, program("/bin/sh", "-c"));
    long one = images.weight();
    images.put(2, program("/bin/sh", "-c"));
    assertSame(images.get(1), images.get(2));
    assertTrue(images.weight() - one < one);
  }

  @Test
  void whatWasAskedForLast_stays() {
    ImageTable images = new ImageTable(20_000);
    images.put(1, program("/bin/init"));
    for (int i = 2; i < 1_000; i++) {
      images.put(i, program("/bin/" + i));
      assertNotNull(images.get(1));
      assertTrue(images.weight() <= 20_000);
    }
    assertNull(images.get(2));
  }

  @Test
  void weight_isWhatIsThere() {
    ImageTable images = new ImageTable(50_000);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      images.put(random.nextInt(500), program("/bin/" + random.nextInt(300)));
      assertTrue(images.weight() > 0 && images.weight() <= 50_000);
    }
    images.put(1_000, program("/" + "x".repeat(60_000)));
    assertEquals(0, images.weight());
  }

  @Test
  void unknownParts_areNoProblem() {
    assertEquals(new Program(null, null), new Program(null, null));
    assertEquals(program("/a", "b"), program("/a", "b"));
    assertTrue(!program("/a", "b").equals(program("/a", "c")));
    assertTrue(!program("/a").equals(new Program(new byte[] {'/', 'a'}, null)));
  }

  private static Program program(String exe, String... argv) {
    return new Program(
        exe.getBytes(UTF_8), List.of(argv).stream().map(text -> text.getBytes(UTF_8)).toList());
  }
}
