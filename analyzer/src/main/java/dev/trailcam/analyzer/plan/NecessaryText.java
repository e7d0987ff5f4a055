// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Texts of which at least one is in an execution's row if a predicate holds for it. To be looked
 * for in each of the columns, with upper and lower case alike: {@code contains(lower(column),
 * lower(literal))}; of a list in its elements with a space between, as {@code cmdline} has them.
 * What finds one of them says nothing; what finds none says that the predicate is false.
 *
 * <p>Valid only where words and views are the packed ones.
 *
 * @param literals of at least {@link #MIN_LENGTH} characters each, none of them NUL, which ends a
 *     statement; at least one
 * @param columns columns of {@code execs} that hold them, in lower case: texts, and {@link #LISTS};
 *     the predicate names each of them
 */
public record NecessaryText(SortedSet<String> literals, SortedSet<String> columns) {
  /** Shorter ones are in nearly every row. */
  public static final int MIN_LENGTH = 2;

  /** Those of the columns that are lists. */
  public static final Set<String> LISTS = Set.of("argv", "parent_argv", "program_names");

  /** Makes the collections immutable. */
  public NecessaryText {
    literals = Collections.unmodifiableSortedSet(new TreeSet<>(literals));
    columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
  }

  /** What a filter's predicate needs, each of these; none where nothing can be told. */
  public static List<NecessaryText> of(PlainFilter filter) {
    return new TextNeeds(filter.alias()).of(filter.predicate());
  }
}
