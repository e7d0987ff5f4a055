// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Gathers what rule trees bring along. Lists come from the trees alone where there is a tree; words
 * and views that no source has are the packed ones.
 */
final class SurfaceReader {
  private static final String PRELUDE = "prelude/";
  private static final String LISTS = "lists/";
  private static final String VIEWS = "views/";
  private static final String DIALECT = ".duckdb.sql";
  private static final Pattern LIST_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern HEADER = Pattern.compile("[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*){0,31}");
  // Tables that the engine fills with evidence.
  private static final Pattern OURS = Pattern.compile("(raw|staged|derived)_.*|exec_segments|hits");
  private static final int MAX_FILES = 1000;

  private final List<RuleProblem> problems;
  private final SortedMap<String, SurfaceFile> files = new TreeMap<>();

  private SurfaceReader(List<RuleProblem> problems) {
    this.problems = problems;
  }

  static RuleSurface packed() {
    List<RuleProblem> problems = new ArrayList<>();
    RuleSurface surface = read(List.of(new PackedSource()), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("this build of trailcam is broken: " + problems);
    }
    return surface;
  }

  /** Whether a source has anything besides rules. */
  static boolean bringsAny(RuleSource source) throws IOException {
    return !source.list(LISTS, ".csv").isEmpty()
        || !source.list(PRELUDE, DIALECT).isEmpty()
        || !source.list(VIEWS, ".sql").isEmpty();
  }

  /** Adds what is wrong to the problems; a file that is wrong is left out. */
  static RuleSurface read(List<? extends RuleSource> sources, List<RuleProblem> problems) {
    SurfaceReader reader = new SurfaceReader(problems);
    for (RuleSource source : sources) {
      reader.add(source, PRELUDE, DIALECT);
      reader.add(source, LISTS, ".csv");
      reader.add(source, VIEWS, ".sql");
    }
    List<SurfaceFile> prelude = reader.under(PRELUDE);
    List<SurfaceFile> views = reader.under(VIEWS);
    return new RuleSurface(
        prelude.isEmpty() ? RuleSurface.packed().prelude() : prelude,
        reader.lists(views),
        views.isEmpty() ? RuleSurface.packed().views() : views);
  }

  private void add(RuleSource source, String directory, String suffix) {
    try {
      List<String> paths = source.list(directory, suffix);
      if (paths.size() > MAX_FILES) {
        throw new IOException("it holds more than " + MAX_FILES + " files");
      }
      for (String path : paths) {
        add(source, path);
      }
    } catch (IOException e) {
      problem(source.shown(directory), 0, "cannot be read: " + e.getMessage());
    }
  }

  private void add(RuleSource source, String path) {
    String shown = source.shown(path);
    try {
      Optional<byte[]> bytes = source.find(path);
      if (bytes.isEmpty()) {
        throw new IOException("it is gone");
      }
      SurfaceFile file = new SurfaceFile(path, shown, RuleText.utf8(bytes.get()));
      SurfaceFile first = files.putIfAbsent(path, file);
      if (first != null && !first.text().equals(file.text())) {
        problem(shown, 0, "differs from " + first.file() + "; use one rule set at a time");
      }
    } catch (CharacterCodingException e) {
      problem(shown, 0, "is no UTF-8 text");
    } catch (IOException e) {
      problem(shown, 0, "cannot be read: " + e.getMessage());
    }
  }

  private List<SurfaceFile> under(String directory) {
    return files.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(directory))
        .map(Map.Entry::getValue)
        .toList();
  }

  private List<SurfaceFile> lists(List<SurfaceFile> views) {
    List<SurfaceFile> good = new ArrayList<>();
    for (SurfaceFile list : under(LISTS)) {
      String header = list.text().lines().findFirst().orElse("");
      if (!LIST_NAME.matcher(list.name()).matches()
          || OURS.matcher(list.name()).matches()
          || views.stream().anyMatch(view -> view.name().equals(list.name()))) {
        problem(
            list.file(),
            0,
            "is no name for a list: use lower-case letters, digits and underscores, and no name"
                + " that a view or a table of the engine has");
      } else if (!HEADER.matcher(header).matches()) {
        problem(list.file(), 1, "must name its columns: lower-case words separated by commas");
      } else {
        good.add(list);
      }
    }
    return good;
  }

  private void problem(String file, int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
