// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RuleLockTest {
  private static final String A = "a".repeat(64);

  @Test
  void badLines_areNamedAndTheOthersRead() {
    List<RuleProblem> problems = new ArrayList<>();
    RuleLock lock =
        RuleLock.read(
            "rules.lock",
            "# comment\n\nx 1 " + A + "\nx 2 " + A + "\ny 0 " + A + "\nz 1 nothing\n<<<<<<< HEAD\n",
            problems::add);
    assertEquals(
        List.of(
            "rules.lock:4: locks a rule twice: x",
            "rules.lock:5: is no line of a lock: an id, a version and a SHA-256",
            "rules.lock:6: is no line of a lock: an id, a version and a SHA-256",
            "rules.lock:7: is no line of a lock: an id, a version and a SHA-256"),
        problems.stream().map(RuleProblem::toString).toList());
    assertEquals(new RuleLock.Entry(1, A, 3), lock.entry("x").orElseThrow());
  }

  @Test
  void text_isReadBack() {
    RuleLock lock =
        update(RuleLock.empty("l"), rule("b", 1, "stable", "1"), rule("a", 7, "test", "2"));
    List<RuleProblem> problems = new ArrayList<>();
    RuleLock back = RuleLock.read("l", lock.text(), problems::add);
    assertEquals(List.of(), problems);
    assertEquals(lock.text(), back.text());
    assertEquals(List.of("a", "b"), List.copyOf(back.entries().keySet()));
    assertEquals(7, back.entry("a").orElseThrow().version());
  }

  @Test
  void changedLogic_needsAHigherVersion() {
    RuleLock lock = update(RuleLock.empty("l"), rule("a", 2, "stable", "1"));
    assertEquals(List.of("a"), refused(lock, rule("a", 2, "stable", "2")));
    assertEquals(List.of("a"), refused(lock, rule("a", 1, "stable", "1")));
    assertEquals(List.of(), refused(lock, rule("a", 2, "stable", "1")));
    assertEquals(List.of(), refused(lock, rule("a", 3, "stable", "2")));
    assertEquals(List.of(), refused(lock, rule("a", 2, "experimental", "2")));
  }

  @Test
  void refusedRule_keepsItsEntry() {
    RuleLock lock = update(RuleLock.empty("l"), rule("a", 2, "stable", "1"));
    RuleLock after = lock.update(List.of(rule("a", 2, "stable", "2")), List.of(), rule -> {});
    assertEquals(lock.text(), after.text());
    assertTrue(lock.update(List.of(), List.of(), rule -> {}).entries().isEmpty());
  }

  private static RuleLock update(RuleLock lock, Rule... rules) {
    return lock.update(
        List.of(rules),
        List.of(),
        rule -> {
          throw new AssertionError(rule.id());
        });
  }

  private static List<String> refused(RuleLock lock, Rule... rules) {
    List<String> refused = new ArrayList<>();
    RuleLock unused = lock.update(List.of(rules), List.of(), rule -> refused.add(rule.id()));
    return refused;
  }

  private static Rule rule(String id, int version, String status, String value) {
    return new Rule(
        id,
        version,
        "t",
        "d",
        Severity.LOW,
        Status.valueOf(status.toUpperCase(Locale.ROOT)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        id + ".sql",
        "SELECT " + value,
        "",
        RulePage.NONE);
  }
}
