// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rules that can run, and what is wrong with the others.
 *
 * @param rules sorted by id, no id twice
 * @param problems in the order of the files; empty when every rule and every page is good
 */
public record RuleSet(List<Rule> rules, List<RuleProblem> problems) {

  /** Makes the lists immutable. */
  public RuleSet {
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
  }

  /** The rules packed with this program. */
  public static RuleSet packed() {
    List<RuleText> texts = new ArrayList<>();
    for (String path : PackedQueries.list("rules/", ".sql")) {
      texts.add(new PackedRule(path));
    }
    return read(texts, new ArrayList<>());
  }

  /**
   * The rules in files, and in directories at any depth. Never fails on a bad rule: see {@link
   * #problems}.
   */
  public static RuleSet of(List<Path> paths) {
    List<RuleProblem> problems = new ArrayList<>();
    TreeSet<Path> files = new TreeSet<>();
    for (Path path : paths) {
      int before = files.size();
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> found = Files.walk(path)) {
        found.filter(RuleSet::isRule).forEach(files::add);
        if (files.size() == before) {
          problems.add(new RuleProblem(path.toString(), 0, "holds no rule (no .sql file in it)"));
        }
      } catch (IOException | UncheckedIOException e) {
        problems.add(new RuleProblem(path.toString(), 0, "cannot be read: " + e.getMessage()));
      }
    }
    return read(files.stream().map(RuleFile::new).toList(), problems);
  }

  /** The same without the rules that are not wanted. */
  public RuleSet only(Predicate<String> wantedId) {
    return new RuleSet(rules.stream().filter(rule -> wantedId.test(rule.id())).toList(), problems);
  }

  private static boolean isRule(Path path) {
    return path.getFileName().toString().endsWith(".sql")
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static RuleSet read(List<? extends RuleText> texts, List<RuleProblem> problems) {
    SortedMap<String, Rule> byId = new TreeMap<>();
    for (RuleText text : texts) {
      RuleReader.read(
          text,
          rule -> {
            Rule first = byId.putIfAbsent(rule.id(), rule);
            if (first != null) {
              problems.add(
                  new RuleProblem(
                      rule.file(), 0, "has the id of " + first.file() + "; ids must be unique"));
            }
          },
          problems::add);
    }
    if (byId.isEmpty() && problems.isEmpty()) {
      problems.add(new RuleProblem("rules", 0, "there is no rule to run"));
    }
    return new RuleSet(List.copyOf(byId.values()), problems);
  }

  private record RuleFile(Path path) implements RuleText {
    @Override
    public String file() {
      return path.toString();
    }

    @Override
    public byte[] sql() throws IOException {
      if (!file().endsWith(".sql")) {
        throw new IOException("a rule is a file whose name ends in .sql");
      }
      return RuleText.limited(path);
    }

    @Override
    public Optional<byte[]> page() throws IOException {
      String name = path.getFileName().toString();
      Path page = path.resolveSibling(name.substring(0, name.length() - "sql".length()) + "md");
      return Files.exists(page) ? Optional.of(RuleText.limited(page)) : Optional.empty();
    }
  }

  private record PackedRule(String path) implements RuleText {
    @Override
    public String file() {
      return path;
    }

    @Override
    public byte[] sql() {
      return PackedQueries.bytes(path);
    }

    @Override
    public Optional<byte[]> page() {
      return PackedQueries.find(pageFile());
    }
  }
}
