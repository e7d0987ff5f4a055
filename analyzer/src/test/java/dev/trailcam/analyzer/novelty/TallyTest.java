// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally(3);

  private static Act act(String exe, String... argv) {
    return new Act(exe, List.of(argv), false, "/work", 0, 0, "/bin/sh");
  }

  @Test
  void rarest_comesFirst_thenWhatCameUpFirst() {
    tally.head(act("/bin/a"), 1, 30, 3);
    tally.head(act("/bin/b"), 1, 20, 2);
    tally.head(act("/bin/c"), 1, 10, 1);
    tally.base("one", act("/bin/c"), 5);
    tally.base("two", act("/bin/c"), 5);
    tally.base("two", act("/bin/c", "-x"), 1);
    assertEquals(
        List.of(
            new Tally.Counted(Aspect.PROGRAM, 1, 0, 0, 2),
            new Tally.Counted(Aspect.PROGRAM, 1, 0, 0, 3),
            new Tally.Counted(Aspect.PROGRAM, 1, 2, 11, 1)),
        tally.rare(Aspect.PROGRAM, 2));
    assertEquals(2, tally.rare(Aspect.PROGRAM, 1).size());
    assertEquals(0, tally.rare(Aspect.USER, 1).size());
  }

  @Test
  void noise_isNoDifference_argumentsAre() {
    tally.head(act("/bin/cc", "cc", "/tmp/ccAbCdEf.o"), 1, 1, 1);
    tally.head(act("/bin/cc", "cc", "/tmp/ccGhIjKl.o"), 2, 2, 2);
    tally.base("one", act("/bin/cc", "cc", "/tmp/ccMnOpQr.o", "-static"), 1);
    assertEquals(
        List.of(new Tally.Counted(Aspect.ARGUMENTS, 3, 0, 0, 1)), tally.rare(Aspect.ARGUMENTS, 0));
    assertEquals(0, tally.rare(Aspect.PROGRAM, 0).size());
  }

  @Test
  void argumentsOfOneShape_areNotThoseOfAnother() {
    tally.head(act("/bin/a", "a", "b c"), 1, 1, 1);
    tally.base("one", act("/bin/a", "a", "b", "c"), 1);
    assertEquals(1, tally.rare(Aspect.ARGUMENTS, 0).size());
  }

  @Test
  void whatIsTooMuch_isCounted() {
    for (int i = 0; i < 5; i++) {
      tally.head(act("/bin/" + "abcde".charAt(i)), 2, i, i);
    }
    assertEquals(3, tally.shapes(Aspect.PROGRAM));
    assertEquals(4, tally.notCompared(Aspect.PROGRAM));
    assertEquals(0, tally.notCompared(Aspect.USER));
  }
}
