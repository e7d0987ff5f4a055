// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that people wrote about some rules: beside the rules themselves their pages and cases,
 * the lists they join and the lock, also where a rule cannot run.
 */
public final class RuleCollection {
  /**
   * The SQL file of a rule, which may be no rule at all.
   *
   * @param file name for messages
   * @param sql its text
   * @param page the text of the page beside it, if there is one
   * @param casesFile name of the file with its cases, whether there is one or not
   */
  public record Source(String file, String sql, Optional<String> page, String casesFile) {
    /** Name of its page, whether there is one or not. */
    public String pageFile() {
      return file.substring(0, file.length() - RuleText.SUFFIX.length()) + ".md";
    }
  }

  private final List<Source> sources = new ArrayList<>();
  private final Map<String, RuleCases> cases;
  private final List<ListFile> lists = new ArrayList<>();
  private final List<RuleProblem> lockProblems = new ArrayList<>();
  private final List<RuleProblem> listProblems = new ArrayList<>();
  private final RuleSet set;
  private boolean ownLists = true;
  private boolean whole = true;
  private RuleLock lock;
  private Path lockFile;

  private RuleCollection(RuleSet set, List<RuleText> texts, List<RuleCases> cases) {
    this.set = set;
    this.cases =
        cases.stream()
            .collect(
                Collectors.toMap(RuleCases::file, one -> one, (a, b) -> a, LinkedHashMap::new));
    texts.forEach(text -> source(text).ifPresent(sources::add));
    for (SurfaceFile list : set.surface().lists()) {
      lists.add(ListFile.read(list, listProblems::add));
    }
  }

  /** What came with this program. */
  public static RuleCollection packed() {
    RuleCollection packed =
        new RuleCollection(RuleSet.packed(), RuleSet.packedTexts(), RuleCases.packed());
    PackedQueries.find(RuleLock.FILE)
        .ifPresent(
            bytes ->
                packed.lock =
                    RuleLock.read(
                        RuleLock.FILE, new String(bytes, UTF_8), packed.lockProblems::add));
    return packed;
  }

  /**
   * What is in rule files, in directories of rules, and in directories that hold {@code rules/} and
   * what the rules are written against. Never fails on what is in them: see {@link #problems}. The
   * lock is that of the first.
   */
  public static RuleCollection of(List<Path> paths) {
    RuleCollection collection =
        new RuleCollection(RuleSet.of(paths), RuleSet.texts(paths), RuleCases.of(paths));
    Path first = paths.get(0);
    Optional<Path> root = RuleRoot.of(first);
    Path directory = root.orElseGet(() -> directory(first));
    collection.ownLists = root.isPresent();
    collection.lockFile = directory.resolve(RuleLock.FILE);
    collection.whole = same(first, directory) || same(first, directory.resolve(RuleRoot.RULES));
    collection.readLock();
    return collection;
  }

  /** Rules that can run, sorted by id. */
  public List<Rule> rules() {
    return set.rules();
  }

  /** The rules with what is wrong with the others. */
  public RuleSet set() {
    return set;
  }

  /**
   * What is wrong with rules, their pages and what they are written against, in the order of the
   * files.
   */
  public List<RuleProblem> problems() {
    return set.problems();
  }

  /** What is wrong with files of lists. */
  public List<RuleProblem> listProblems() {
    return List.copyOf(listProblems);
  }

  /** What is wrong with the lock. */
  public List<RuleProblem> lockProblems() {
    return List.copyOf(lockProblems);
  }

  /** The SQL files that can be read, those too that hold no sound rule. */
  public List<Source> sources() {
    return List.copyOf(sources);
  }

  /** The cases in a file; empty if there is no such file. */
  public Optional<RuleCases> cases(String casesFile) {
    return Optional.ofNullable(cases.get(casesFile));
  }

  /** The page of a rule as a reader sees it; empty where it has none. */
  public List<PageBlock> page(Rule rule) {
    return sources.stream()
        .filter(source -> source.file().equals(rule.file()))
        .findFirst()
        .flatMap(Source::page)
        .map(PageBlocks::of)
        .orElse(List.of());
  }

  /** The lists that the rules may join, sorted by name. */
  public List<ListFile> lists() {
    return List.copyOf(lists);
  }

  /** Whether the lists belong to these rules, and are not those that came with this program. */
  public boolean ownLists() {
    return ownLists;
  }

  /** Whether these are all rules that the lists and the lock are for. */
  public boolean whole() {
    return whole;
  }

  /** The lock, if there is one. */
  public Optional<RuleLock> lock() {
    return Optional.ofNullable(lock);
  }

  /** Where the lock is or would be; empty for what came with this program. */
  public Optional<Path> lockFile() {
    return Optional.ofNullable(lockFile);
  }

  private static Path directory(Path path) {
    Path parent = path.getParent();
    return Files.isDirectory(path) ? path : parent == null ? Path.of("") : parent;
  }

  private static boolean same(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  private void readLock() {
    if (!Files.exists(lockFile)) {
      return;
    }
    String file = lockFile.toString();
    try {
      lock = RuleLock.read(file, RuleText.utf8(RuleText.limited(lockFile)), lockProblems::add);
    } catch (CharacterCodingException e) {
      lockProblems.add(new RuleProblem(file, 0, "is no UTF-8 text"));
    } catch (IOException e) {
      lockProblems.add(new RuleProblem(file, 0, "cannot be read: " + e.getMessage()));
    }
  }

  /** Empty where nothing can be read; the rule set says why. */
  private static Optional<Source> source(RuleText text) {
    try {
      String sql = RuleText.utf8(text.sql());
      Optional<byte[]> page = text.page();
      String stem = text.file().substring(0, text.file().length() - RuleText.SUFFIX.length());
      return Optional.of(
          new Source(
              text.file(),
              sql,
              page.isEmpty() ? Optional.empty() : Optional.of(RuleText.utf8(page.get())),
              stem + RuleCases.SUFFIX));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
