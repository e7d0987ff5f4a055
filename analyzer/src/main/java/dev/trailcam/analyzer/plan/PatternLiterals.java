// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads regular expressions that are made of texts, alternatives, groups and anchors: which texts
 * there are, of which a match holds one. Whatever else is in an expression ends it: then nothing
 * can be told.
 */
final class PatternLiterals {
  private static final String ANY_CASE = "(?i)";

  /** Nobody nests that deep; the next one overflows the stack. */
  private static final int MAX_DEPTH = 50;

  private final String pattern;
  private final boolean anyCase;
  private int at;
  private int depth;

  private PatternLiterals(String pattern, boolean anyCase) {
    this.pattern = pattern;
    this.anyCase = anyCase;
  }

  /** The texts, of which none is empty; empty where it cannot be told. */
  static Optional<List<String>> of(String pattern) {
    boolean anyCase = pattern.startsWith(ANY_CASE);
    PatternLiterals literals =
        new PatternLiterals(anyCase ? pattern.substring(ANY_CASE.length()) : pattern, anyCase);
    Optional<List<String>> found = literals.alternatives();
    return literals.at == literals.pattern.length() ? found : Optional.empty();
  }

  /** Up to the end of the group or the expression. */
  private Optional<List<String>> alternatives() {
    List<String> all = new ArrayList<>();
    while (true) {
      Optional<List<String>> branch = branch();
      if (branch.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(branch.get());
      if (!skip("|")) {
        return Optional.of(all);
      }
    }
  }

  /** What stands in a row is needed all, so that the best of it will do. */
  private Optional<List<String>> branch() {
    List<List<String>> items = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
      int c = pattern.codePointAt(at);
      if (c == '^' || c == '$') {
        at++;
        end(run, items);
      } else if (c == '(') {
        end(run, items);
        Optional<List<String>> group = group();
        if (group.isEmpty() || quantified()) {
          return Optional.empty();
        }
        items.add(group.get());
      } else if (!literal(c)) {
        return Optional.empty();
      } else if (folds(pattern.codePointBefore(at))) {
        end(run, items);
      } else {
        run.appendCodePoint(pattern.codePointBefore(at));
      }
    }
    end(run, items);
    return items.stream()
        .max(
            Comparator.<List<String>>comparingInt(
                    item -> item.stream().mapToInt(String::length).min().orElse(0))
                .thenComparing(item -> -item.size()));
  }

  private Optional<List<String>> group() {
    at++;
    boolean known = !skip("?") || skip(":");
    if (!known || ++depth > MAX_DEPTH) {
      return Optional.empty();
    }
    Optional<List<String>> inner = alternatives();
    depth--;
    return skip(")") ? inner : Optional.empty();
  }

  /** Goes past a character that stands for itself. */
  private boolean literal(int c) {
    if (c == '\\') {
      at++;
      boolean sign =
          at < pattern.length()
              && pattern.charAt(at) > ' '
              && pattern.charAt(at) <= '~'
              && !Character.isLetterOrDigit(pattern.charAt(at));
      at += sign ? 1 : 0;
      return sign && !quantified();
    }
    at += Character.charCount(c);
    return ".?*+[]{}".indexOf(c) < 0 && !quantified();
  }

  /** A quantifier makes what stands before it one of any number, or none. */
  private boolean quantified() {
    return at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0;
  }

  /** Characters that match others than their own upper and lower case where case does not count. */
  private boolean folds(int c) {
    return anyCase && (c > '~' || c == 's' || c == 'S' || c == 'k' || c == 'K');
  }

  private static void end(StringBuilder run, List<List<String>> items) {
    if (run.length() > 0) {
      items.add(List.of(run.toString()));
      run.setLength(0);
    }
  }

  private boolean skip(String sign) {
    boolean there = pattern.startsWith(sign, at);
    at += there ? sign.length() : 0;
    return there;
  }
}
