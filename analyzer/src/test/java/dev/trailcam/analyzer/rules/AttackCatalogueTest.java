// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.AttackCatalogue.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttackCatalogueTest {
  private static final AttackCatalogue CATALOGUE = AttackCatalogue.packed();

  @Test
  void names_areThoseOfAttack() {
    assertEquals("Discovery", CATALOGUE.find("TA0007").orElseThrow().name());
    assertEquals(
        new Entry("T1059.004", "Command and Scripting Interpreter: Unix Shell", List.of("TA0002")),
        CATALOGUE.find("T1059.004").orElseThrow());
    assertTrue(CATALOGUE.find("T9999").isEmpty());
    assertTrue(CATALOGUE.find("T1012").isEmpty(), "the registry is not on Linux");
    assertEquals(12, CATALOGUE.tactics().size());
  }

  @Test
  void everyTechnique_servesKnownTacticsAndHasItsParent() throws IOException {
    Set<String> seen = new HashSet<>();
    for (String id : ids()) {
      assertTrue(seen.add(id), id);
      Entry entry = CATALOGUE.find(id).orElseThrow();
      if (id.startsWith("TA")) {
        assertEquals(List.of(), entry.tactics());
        continue;
      }
      assertTrue(id.matches("T[0-9]{4}([.][0-9]{3})?"), id);
      assertFalse(entry.tactics().isEmpty(), id);
      entry.tactics().forEach(tactic -> assertTrue(CATALOGUE.find(tactic).isPresent(), id));
      assertTrue(CATALOGUE.find(id.replaceFirst("[.].*", "")).isPresent(), id);
    }
    assertTrue(seen.size() > 300, "a list that lacks most techniques refuses good rules");
  }

  private static List<String> ids() throws IOException {
    try (InputStream in = AttackCatalogue.class.getResourceAsStream("attack.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.substring(0, line.indexOf(',')))
          .toList();
    }
  }
}
