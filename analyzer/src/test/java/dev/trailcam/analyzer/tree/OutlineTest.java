// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private static final Shape ALL = new Shape(true, 1000, 1_000_000, false);

  @Test
  void siblingsThatAreAlike_areFolded_withWhatIsBelow() {
    Lineage lineage = new Lineage();
    lineage.add(-1, Edge.ROOT, 0, true, false, false);
    for (int i = 0; i < 4; i++) {
      lineage.add(0, Edge.OBSERVED, 1, true, false, false);
    }
    lineage.add(1, Edge.OBSERVED, 2, true, false, false);
    lineage.add(3, Edge.INFERRED, 2, true, false, false);
    lineage.add(4, Edge.OBSERVED, 3, true, false, false);
    assertEquals(
        List.of(
            new Outline.Item(-1, 0, 0, 0, 1, false, Edge.ROOT, true, 0),
            new Outline.Item(0, 1, 1, 4, 4, true, Edge.OBSERVED, true, 0),
            new Outline.Item(1, 2, 5, 6, 2, true, Edge.INFERRED, true, 0),
            new Outline.Item(1, 2, 7, 7, 1, true, Edge.OBSERVED, true, 0)),
        Outline.of(lineage, ALL).items());
  }

  @Test
  void findings_areNeverFolded_andComeBeforeOthersWhereThereIsLittleRoom() {
    Lineage lineage = new Lineage();
    lineage.add(-1, Edge.ROOT, 0, true, false, false);
    for (int i = 0; i < 5; i++) {
      lineage.add(0, Edge.OBSERVED, 1, true, false, false);
    }
    lineage.add(3, Edge.OBSERVED, 2, true, false, true);
    List<Outline.Item> items = Outline.of(lineage, new Shape(true, 1000, 3, false)).items();
    assertEquals(List.of(0, 3, 6), items.stream().map(Outline.Item::first).toList());
    assertEquals(List.of(4L, 0L, 0L), items.stream().map(Outline.Item::omitted).toList());
    assertTrue(items.stream().noneMatch(Outline.Item::folded));
  }

  @Test
  void whatWasAskedFor_isShownWithItsAncestors_andAFocusWithItsFamily() {
    Lineage lineage = new Lineage();
    lineage.add(-1, Edge.ROOT, 0, false, false, false);
    lineage.add(0, Edge.OBSERVED, 1, false, false, false);
    lineage.add(1, Edge.OBSERVED, 2, true, true, false);
    lineage.add(2, Edge.OBSERVED, 3, true, false, false);
    lineage.add(0, Edge.OBSERVED, 4, true, false, false);
    Outline matched = Outline.of(lineage, ALL);
    assertEquals(5, matched.items().size());
    assertFalse(matched.items().get(1).matched());
    Outline family = Outline.of(lineage, new Shape(true, 1000, 1000, true));
    assertEquals(List.of(0, 1, 2, 3), family.items().stream().map(Outline.Item::first).toList());
    assertEquals(1, family.notWanted());
  }

  /** Whatever is folded, cut or left out, every process is counted once. */
  @Test
  void nothingIsLost() {
    Random random = new Random(20261122);
    for (int round = 0; round < 2000; round++) {
      Lineage lineage = lineage(random);
      Shape shape =
          new Shape(
              random.nextBoolean(),
              1 + random.nextInt(8),
              1 + random.nextInt(60),
              random.nextInt(4) == 0);
      Outline outline = Outline.of(lineage, shape);
      List<Outline.Item> items = outline.items();
      assertTrue(items.size() <= shape.limit());
      long sum = outline.leftOut() + outline.notWanted();
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < items.size(); i++) {
        Outline.Item item = items.get(i);
        sum += item.members() + item.omitted();
        assertTrue(item.parent() < i);
        assertTrue(item.depth() < shape.depth());
        assertEquals(item.parent() < 0 ? 0 : items.get(item.parent()).depth() + 1, item.depth());
        assertTrue(seen.add(item.first()));
        assertTrue(item.folded() || item.members() == 1);
        assertTrue(shape.fold() || !item.folded());
        if (!item.folded() && item.parent() >= 0 && !items.get(item.parent()).folded()) {
          assertEquals(items.get(item.parent()).first(), lineage.parent(item.first()));
        }
      }
      assertEquals(lineage.size(), sum);
    }
  }

  @Test
  void aMillionInOneRow_areOneLine_andAsManyBelowEachOtherAreCut() {
    Lineage wide = new Lineage();
    Lineage deep = new Lineage();
    wide.add(-1, Edge.ROOT, 0, true, false, false);
    deep.add(-1, Edge.ROOT, 0, true, false, false);
    for (int i = 0; i < 1_000_000; i++) {
      wide.add(0, Edge.OBSERVED, 1, true, false, false);
      deep.add(i, Edge.OBSERVED, 1, true, false, false);
    }
    assertEquals(1_000_000, Outline.of(wide, ALL).items().get(1).members());
    List<Outline.Item> items = Outline.of(deep, ALL).items();
    assertEquals(1000, items.size());
    assertEquals(1_000_001 - 1000, items.get(999).omitted());
  }

  @Test
  void aChildBeforeItsParent_isRefused() {
    Lineage lineage = new Lineage();
    assertThrows(
        IllegalArgumentException.class, () -> lineage.add(0, Edge.OBSERVED, 0, true, false, false));
  }

  private static Lineage lineage(Random random) {
    Lineage lineage = new Lineage();
    int size = random.nextInt(200);
    int labels = 1 + random.nextInt(6);
    int bushy = 1 + random.nextInt(10);
    boolean some = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      boolean root = i == 0 || random.nextInt(20) == 0;
      lineage.add(
          root ? -1 : random.nextInt(Math.max(1, i / bushy)),
          root ? Edge.ROOT : Edge.OBSERVED,
          random.nextInt(labels),
          !some || random.nextInt(3) == 0,
          random.nextInt(15) == 0,
          random.nextInt(25) == 0);
    }
    return lineage;
  }
}
