// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param surface what the rules are written against
 */
public record RuleSet(List<Rule> rules, List<RuleProblem> problems, RuleSurface surface) {

  /** Makes the lists immutable. */
  public RuleSet {
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
  }

  /** Rules written against the packed surface. */
  public RuleSet(List<Rule> rules, List<RuleProblem> problems) {
    this(rules, problems, RuleSurface.packed());
  }

  /** The rules packed with this program. */
  public static RuleSet packed() {
    return of(new PackedSource(), RuleRoot.RULES + "/");
  }

  /**
   * The rules in files, and in directories at any depth, with the lists, words and views beside
   * them if they lie in a directory that has some (see {@link RuleSource}). Never fails on a bad
   * rule: see {@link #problems}.
   */
  public static RuleSet of(List<Path> paths) {
    List<RuleProblem> problems = new ArrayList<>();
    TreeSet<Path> files = new TreeSet<>();
    Set<DirectorySource> sources = new LinkedHashSet<>();
    for (Path path : paths) {
      RuleRoot.of(path).map(DirectorySource::new).ifPresent(sources::add);
      find(rules(path), files, problems);
    }
    RuleSurface surface =
        sources.isEmpty()
            ? RuleSurface.packed()
            : SurfaceReader.read(List.copyOf(sources), problems);
    return read(files.stream().map(RuleFile::new).toList(), problems, surface);
  }

  /** The files of rules that were named, sorted, before anybody looked into them. */
  static List<RuleText> texts(List<Path> paths) {
    TreeSet<Path> files = new TreeSet<>();
    paths.forEach(path -> find(rules(path), files, new ArrayList<>()));
    return files.stream().<RuleText>map(RuleFile::new).toList();
  }

  /** The files of the rules packed with this program. */
  static List<RuleText> packedTexts() {
    RuleSource source = new PackedSource();
    return PackedQueries.list(RuleRoot.RULES + "/", RuleText.SUFFIX).stream()
        .<RuleText>map(path -> new SourcedRule(source, path))
        .toList();
  }

  /** A root holds other SQL than its rules'. */
  private static Path rules(Path named) {
    return RuleRoot.of(named)
        .filter(named::equals)
        .map(root -> root.resolve(RuleRoot.RULES))
        .orElse(named);
  }

  private static void find(Path path, TreeSet<Path> files, List<RuleProblem> problems) {
    int before = files.size();
    if (!Files.isDirectory(path)) {
      files.add(path);
      return;
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

  /** The same without the rules that are not wanted. */
  public RuleSet only(Predicate<String> wantedId) {
    return new RuleSet(
        rules.stream().filter(rule -> wantedId.test(rule.id())).toList(), problems, surface);
  }

  /** The lists that rules may join; what is wrong with their files is for the linter to say. */
  public List<ListFile> lists() {
    return surface.lists().stream().map(list -> ListFile.read(list, problem -> {})).toList();
  }

  private static boolean isRule(Path path) {
    return path.getFileName().toString().endsWith(".sql")
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The rules of one source.
   *
   * @param under what their paths begin with
   */
  public static RuleSet of(RuleSource source, String under) {
    List<RuleProblem> problems = new ArrayList<>();
    List<RuleText> texts = new ArrayList<>();
    RuleSurface surface = RuleSurface.packed();
    try {
      source.list(under, ".sql").forEach(path -> texts.add(new SourcedRule(source, path)));
      if (texts.isEmpty()) {
        problems.add(new RuleProblem(source.shown(under), 0, "holds no rule (no .sql file in it)"));
      }
      if (SurfaceReader.bringsAny(source)) {
        surface = SurfaceReader.read(List.of(source), problems);
      }
    } catch (IOException e) {
      problems.add(new RuleProblem(source.shown(under), 0, "cannot be read: " + e.getMessage()));
    }
    return read(texts, problems, surface);
  }

  private static RuleSet read(
      List<? extends RuleText> texts, List<RuleProblem> problems, RuleSurface surface) {
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
    return new RuleSet(List.copyOf(byId.values()), problems, surface);
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

  private record SourcedRule(RuleSource source, String path) implements RuleText {
    @Override
    public String file() {
      return source.shown(path);
    }

    @Override
    public byte[] sql() throws IOException {
      return source.find(path).orElseThrow(() -> new IOException("it does not exist"));
    }

    @Override
    public Optional<byte[]> page() throws IOException {
      return source.find(path.substring(0, path.length() - "sql".length()) + "md");
    }
  }
}
