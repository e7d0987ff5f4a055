// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The cases beside a rule, {@code ID.cases.yml}.
 *
 * @param file where they were read from
 * @param cases those that can be judged, in the order of the file
 * @param problems everything that is wrong with the file, by line; empty when it is good
 */
public record RuleCases(String file, List<RuleCase> cases, List<RuleProblem> problems) {
  /** What the names of files with cases end in. */
  public static final String SUFFIX = ".cases.yml";

  /** Makes the lists immutable. */
  public RuleCases {
    cases = List.copyOf(cases);
    problems = problems.stream().sorted(Comparator.comparingInt(RuleProblem::line)).toList();
  }

  /** Name of the file with the cases of a rule, whether there is one or not. */
  public static String fileOf(Rule rule) {
    return rule.file().substring(0, rule.file().length() - RuleText.SUFFIX.length()) + SUFFIX;
  }

  /** Id of the rule that the file belongs to, by its name. */
  public String ruleId() {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** How many cases of a section there are. */
  public long count(CaseSection section) {
    return cases.stream().filter(one -> one.section() == section).count();
  }

  /** The cases packed with this program, sorted by file. */
  public static List<RuleCases> packed() {
    return PackedQueries.list("rules/", SUFFIX).stream()
        .map(path -> parse(path, PackedQueries.text(path)))
        .toList();
  }

  /**
   * The cases beside rules: those in directories at any depth, and those beside rule files, where
   * there are any. Sorted by file; what cannot be read has that as its problem.
   */
  public static List<RuleCases> of(List<Path> rules) {
    List<RuleCases> all = new ArrayList<>();
    TreeSet<Path> files = new TreeSet<>();
    for (Path named : rules) {
      Path path =
          RuleRoot.of(named)
              .filter(named::equals)
              .map(root -> root.resolve(RuleRoot.RULES))
              .orElse(named);
      if (!Files.isDirectory(path)) {
        Path beside = beside(path);
        if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
          files.add(beside);
        }
        continue;
      }
      try (Stream<Path> found = Files.walk(path)) {
        found.filter(RuleCases::isCases).forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        all.add(unreadable(path, "cannot be read: " + e.getMessage()));
      }
    }
    files.forEach(file -> all.add(read(file)));
    return List.copyOf(all);
  }

  private static Path beside(Path rule) {
    String name = rule.getFileName() == null ? "" : rule.getFileName().toString();
    String stem =
        name.endsWith(RuleText.SUFFIX)
            ? name.substring(0, name.length() - RuleText.SUFFIX.length())
            : name;
    return rule.resolveSibling(stem + SUFFIX);
  }

  private static boolean isCases(Path path) {
    return path.getFileName().toString().endsWith(SUFFIX)
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static RuleCases read(Path file) {
    try {
      return parse(file.toString(), RuleText.utf8(RuleText.limited(file)));
    } catch (CharacterCodingException e) {
      return unreadable(file, "is no UTF-8 text");
    } catch (IOException e) {
      return unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  private static RuleCases unreadable(Path file, String why) {
    String name = file.toString();
    return new RuleCases(name, List.of(), List.of(new RuleProblem(name, 0, why)));
  }

  /**
   * Reads cases. Never fails on a bad text: see {@link #problems}.
   *
   * @param file its name, for messages
   */
  public static RuleCases parse(String file, String text) {
    return CaseReader.read(file, text);
  }
}
