// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rules.lock}: the version and the logic of each rule as they were last agreed on, one line
 * each. Whoever changes the logic has to change the version, since a version is what findings and
 * the books of a nightly hunt go by.
 */
public final class RuleLock {
  /** Its name, beside the directory {@code rules}. */
  public static final String FILE = "rules.lock";

  private static final String HEADER =
      """
      # The logic of each rule by its version: id, version, SHA-256. Written by `trailcam rules lock`.
      # Whoever changes a rule's logic raises its version; see docs/writing-rules.md.
      """;
  private static final Pattern LINE =
      Pattern.compile(
          "(?<id>[a-z][a-z0-9_]{0,99}) (?<version>[1-9][0-9]{0,8}) (?<hash>[0-9a-f]{64})");

  /**
   * What is locked of a rule.
   *
   * @param line line in the file, from 1; 0 for one that is not in a file yet
   */
  public record Entry(int version, String sha256, int line) {}

  private final String file;
  private final SortedMap<String, Entry> entries;

  private RuleLock(String file, SortedMap<String, Entry> entries) {
    this.file = file;
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  /** A lock that locks nothing yet. */
  public static RuleLock empty(String file) {
    return new RuleLock(file, new TreeMap<>());
  }

  /** Reads a lock; a line that says nothing sensible is a problem. */
  static RuleLock read(String file, String text, Consumer<RuleProblem> problems) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
        continue;
      }
      if (!line.matches()) {
        problems.accept(
            new RuleProblem(file, i + 1, "is no line of a lock: an id, a version and a SHA-256"));
        continue;
      }
      Entry entry = new Entry(Integer.parseInt(line.group("version")), line.group("hash"), i + 1);
      if (entries.putIfAbsent(line.group("id"), entry) != null) {
        problems.accept(new RuleProblem(file, i + 1, "locks a rule twice: " + line.group("id")));
      }
    }
    return new RuleLock(file, entries);
  }

  /** Where it was read from, for messages. */
  public String file() {
    return file;
  }

  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** By id of the rule. */
  public SortedMap<String, Entry> entries() {
    return entries;
  }

  /**
   * A lock for these rules as they are now.
   *
   * @param lists every list they may name
   * @param refused is handed the rules whose logic changed under the same version, experimental
   *     ones aside; they keep their old entry
   */
  public RuleLock update(List<Rule> rules, List<ListFile> lists, Consumer<Rule> refused) {
    SortedMap<String, Entry> updated = new TreeMap<>();
    for (Rule rule : rules) {
      Entry now = new Entry(rule.version(), RuleLogic.of(rule.sql(), lists).sha256(), 0);
      Entry before = entries.get(rule.id());
      if (before != null
          && rule.status() != Status.EXPERIMENTAL
          && (before.version() > now.version()
              || (before.version() == now.version() && !before.sha256().equals(now.sha256())))) {
        refused.accept(rule);
        updated.put(rule.id(), before);
      } else {
        updated.put(rule.id(), now);
      }
    }
    return new RuleLock(file, updated);
  }

  /** The file's content. */
  public String text() {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (id, entry) -> lines.add(id + " " + entry.version() + " " + entry.sha256() + "\n"));
    return HEADER + String.join("", lines);
  }
}
