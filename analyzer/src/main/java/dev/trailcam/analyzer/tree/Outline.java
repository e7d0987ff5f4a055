// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which processes are shown and how. What was asked for is shown with its ancestors. Siblings with
 * one label are folded, and what is below them is folded alike; a process with a finding, or above
 * one, never is. Where there is not room for all, what leads to findings comes first, then the
 * levels from the top, and each line says how many processes are left out below it.
 *
 * <p>Every process is counted once: as a line, in a fold, as left out or as not asked for.
 */
public final class Outline {
  private static final int FEW = 3;

  private final Lineage lineage;
  private final Shape shape;
  private final BitSet wanted = new BitSet();
  private final BitSet asked = new BitSet();
  private final BitSet leading = new BitSet();
  private final int[] below;
  private final int[] children;
  private final int[] firstChild;
  private final List<Line> lines = new ArrayList<>();
  private long leftOut;
  private int room;

  /** A line, of one process or of several that are folded. */
  private static final class Line {
    private final int[] members;
    private final boolean folded;
    private final int depth;
    private final List<Line> inner = new ArrayList<>();
    private long omitted;

    Line(int[] members, boolean folded, int depth) {
      this.members = members;
      this.folded = folded;
      this.depth = depth;
    }
  }

  /**
   * A line of the result.
   *
   * @param parent place of the line above it in the tree, or -1
   * @param depth how many lines are above it
   * @param first number of its process, of a fold the first
   * @param last the same, of a fold the last
   * @param members how many processes it stands for
   * @param folded whether it is a fold, of one process perhaps
   * @param edge how its parent is known, of a fold the least certain
   * @param matched whether it, or one of the fold, is what was asked for and not merely above that
   * @param omitted processes below it that have no line
   */
  public record Item(
      int parent,
      int depth,
      int first,
      int last,
      int members,
      boolean folded,
      Edge edge,
      boolean matched,
      long omitted) {}

  private Outline(Lineage lineage, Shape shape) {
    this.lineage = lineage;
    this.shape = shape;
    int size = lineage.size();
    this.below = new int[size];
    this.firstChild = new int[size + 2];
    this.children = new int[size];
  }

  /** Chooses what is shown. */
  public static Outline of(Lineage lineage, Shape shape) {
    Outline outline = new Outline(lineage, shape);
    outline.choose();
    outline.link();
    outline.grow();
    return outline;
  }

  private void choose() {
    BitSet family = new BitSet();
    int size = lineage.size();
    for (int i = 0; i < size; i++) {
      int parent = lineage.parent(i);
      if (lineage.focus(i) || (parent >= 0 && family.get(parent))) {
        family.set(i);
      }
      if (lineage.matched(i) && (!shape.family() || family.get(i))) {
        asked.set(i);
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      int parent = lineage.parent(i);
      if (wanted.get(i) || asked.get(i)) {
        wanted.set(i);
        below[i]++;
        if (lineage.found(i) || lineage.focus(i)) {
          leading.set(i);
        }
        if (parent >= 0) {
          wanted.set(parent);
          below[parent] += below[i];
          if (leading.get(i)) {
            leading.set(parent);
          }
        }
      }
    }
  }

  /** Children by their parent; those without one are children of the place before all. */
  private void link() {
    int size = lineage.size();
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      firstChild[lineage.parent(i) + 2]++;
    }
    for (int i = 1; i < firstChild.length; i++) {
      firstChild[i] += firstChild[i - 1];
    }
    int[] next = Arrays.copyOf(firstChild, size + 1);
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      children[next[lineage.parent(i) + 1]++] = i;
    }
  }

  private int[] childrenOf(int[] members) {
    if (members.length == 1) {
      return childrenOf(members[0]);
    }
    int count = 0;
    for (int member : members) {
      count += firstChild[member + 2] - firstChild[member + 1];
    }
    int[] all = new int[count];
    int to = 0;
    for (int member : members) {
      int[] own = childrenOf(member);
      System.arraycopy(own, 0, all, to, own.length);
      to += own.length;
    }
    Arrays.sort(all);
    return all;
  }

  private int[] childrenOf(int process) {
    return Arrays.copyOfRange(children, firstChild[process + 1], firstChild[process + 2]);
  }

  private void grow() {
    int reserved = Math.min(leading.cardinality(), shape.limit());
    room = shape.limit() - reserved;
    Deque<Line> level = new ArrayDeque<>();
    Line top = new Line(new int[] {-1}, false, -1);
    level.add(top);
    int led = reserved;
    while (!level.isEmpty()) {
      Line line = level.remove();
      List<Line> inner = line.depth + 1 < shape.depth() ? groups(line) : List.of();
      if (line.depth + 1 >= shape.depth()) {
        line.omitted = belowOf(line);
      }
      for (Line one : inner) {
        boolean leads = !one.folded && leading.get(one.members[0]);
        if (leads ? led > 0 : room > 0) {
          if (leads) {
            led--;
          } else {
            room--;
          }
          line.inner.add(one);
          level.add(one);
        } else {
          line.omitted += one.members.length + belowOf(one);
        }
      }
    }
    leftOut = top.omitted;
    lines.addAll(top.inner);
  }

  private long belowOf(Line line) {
    long count = 0;
    for (int member : line.members) {
      if (member < 0) {
        return wanted.cardinality();
      }
      count += below[member] - 1L;
    }
    return count;
  }

  private List<Line> groups(Line line) {
    int[] all = childrenOf(line.members);
    Map<Integer, List<Integer>> alike = new LinkedHashMap<>();
    List<Line> groups = new ArrayList<>();
    for (int child : all) {
      if (line.folded || (shape.fold() && !leading.get(child))) {
        alike.computeIfAbsent(lineage.label(child), label -> new ArrayList<>()).add(child);
      } else {
        groups.add(new Line(new int[] {child}, false, line.depth + 1));
      }
    }
    for (List<Integer> members : alike.values()) {
      if (line.folded || members.size() >= FEW) {
        int[] processes = members.stream().mapToInt(Integer::intValue).toArray();
        groups.add(new Line(processes, true, line.depth + 1));
      } else {
        members.forEach(member -> groups.add(new Line(new int[] {member}, false, line.depth + 1)));
      }
    }
    groups.sort((a, b) -> Integer.compare(a.members[0], b.members[0]));
    return groups;
  }

  /** The lines from the top down, children behind their parent. */
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    Deque<Line> open = new ArrayDeque<>();
    Deque<Integer> above = new ArrayDeque<>();
    push(lines, -1, open, above);
    while (!open.isEmpty()) {
      Line line = open.pop();
      int parent = above.pop();
      items.add(item(line, parent));
      push(line.inner, items.size() - 1, open, above);
    }
    return items;
  }

  private static void push(List<Line> lines, int parent, Deque<Line> open, Deque<Integer> above) {
    List<Line> backwards = new ArrayList<>(lines);
    Collections.reverse(backwards);
    for (Line line : backwards) {
      open.push(line);
      above.push(parent);
    }
  }

  private Item item(Line line, int parent) {
    int[] members = line.members;
    Edge edge = Edge.ROOT;
    boolean matched = false;
    for (int member : members) {
      Edge one = lineage.edge(member);
      edge = worse(edge, one) ? one : edge;
      matched |= asked.get(member);
    }
    return new Item(
        parent,
        line.depth,
        members[0],
        members[members.length - 1],
        members.length,
        line.folded,
        edge,
        matched,
        line.omitted);
  }

  private static boolean worse(Edge before, Edge now) {
    return before == Edge.ROOT || (now != Edge.ROOT && now.compareTo(before) > 0);
  }

  /** Processes without a line that have no parent with one. */
  public long leftOut() {
    return leftOut;
  }

  /** Processes that were not asked for. */
  public long notWanted() {
    return (long) lineage.size() - wanted.cardinality();
  }
}
