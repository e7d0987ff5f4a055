// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of the two sides differ, and how. */
final class TextComparison {
  private static final String RULES = "rules/";
  private static final String LISTS = "lists/";
  private static final int CONTEXT = 3;
  // Finding the shortest change takes time that grows with lines times differences.
  private static final int MAX_LINES = 20_000;
  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");

  private final SortedMap<String, Side.Text> base;
  private final SortedMap<String, Side.Text> head;

  TextComparison(Side base, Side head) {
    this.base = base.texts();
    this.head = head.texts();
  }

  /** The changes, sorted by path. */
  List<TextChange> changes() {
    List<TextChange> changes = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(base.keySet());
    paths.addAll(head.keySet());
    for (String path : paths) {
      Side.Text before = base.get(path);
      Side.Text after = head.get(path);
      if (before == null || after == null || !before.content().equals(after.content())) {
        changes.add(new TextChange(path, users(path), unified(before, after)));
      }
    }
    return changes;
  }

  /** The rules that a file is, or that name a list; any rule may use words and views. */
  private List<String> users(String path) {
    if (path.startsWith(RULES)) {
      return List.of(ruleId(path));
    }
    if (!path.startsWith(LISTS)) {
      return List.of();
    }
    String list = path.substring(LISTS.length()).replaceFirst("[.]csv$", "");
    Pattern mention = Pattern.compile("(?i)\\b" + Pattern.quote(list) + "\\b");
    return Stream.of(base, head)
        .flatMap(texts -> texts.entrySet().stream())
        .filter(text -> text.getKey().startsWith(RULES))
        .filter(text -> mention.matcher(withoutComments(text.getValue())).find())
        .map(text -> ruleId(text.getKey()))
        .sorted()
        .distinct()
        .toList();
  }

  private static String withoutComments(Side.Text text) {
    return COMMENT.matcher(text.content()).replaceAll("");
  }

  private static String ruleId(String path) {
    return path.substring(RULES.length()).replaceFirst("[.]sql$", "");
  }

  private static List<String> unified(Side.Text before, Side.Text after) {
    List<String> old = lines(before);
    List<String> revised = lines(after);
    String from = before == null ? "/dev/null" : before.file();
    String to = after == null ? "/dev/null" : after.file();
    if (old.size() + revised.size() > MAX_LINES) {
      return List.of(
          "--- " + from,
          "+++ " + to,
          "("
              + old.size()
              + " and "
              + revised.size()
              + " lines: too long to compare line by line)");
    }
    return UnifiedDiffUtils.generateUnifiedDiff(
        from, to, old, DiffUtils.diff(old, revised, new MyersDiffWithLinearSpace<>()), CONTEXT);
  }

  private static List<String> lines(Side.Text text) {
    return text == null ? List.of() : text.content().lines().toList();
  }
}
