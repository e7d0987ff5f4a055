// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * What rules are written against: words, lists and views. A rule set that has some of its own is
 * judged with those, so that the same rules give the same findings whatever is packed.
 *
 * @param prelude the words, for DuckDB
 * @param lists tables of text, sorted by path
 * @param views in the order in which one needs the other, which is that of their paths
 */
public record RuleSurface(
    List<SurfaceFile> prelude, List<SurfaceFile> lists, List<SurfaceFile> views) {
  private static final RuleSurface PACKED = SurfaceReader.packed();

  /** Makes the lists immutable. */
  public RuleSurface {
    prelude = List.copyOf(prelude);
    lists = List.copyOf(lists);
    views = List.copyOf(views);
  }

  /** The surface packed with this program. */
  public static RuleSurface packed() {
    return PACKED;
  }

  /** Whether words and views, wherever they come from, are those that are packed. */
  public boolean hasPackedViews() {
    return texts(prelude).equals(texts(PACKED.prelude)) && texts(views).equals(texts(PACKED.views));
  }

  private static List<String> texts(List<SurfaceFile> files) {
    return files.stream().map(SurfaceFile::text).toList();
  }

  /** All files: prelude, lists, views. */
  public List<SurfaceFile> files() {
    return Stream.of(prelude, lists, views).flatMap(List::stream).toList();
  }
}
