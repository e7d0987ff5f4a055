// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whose child each process is and what it is like, a dozen bytes for each. Processes are numbered
 * from 0 so that a parent has a smaller number than its children: no evidence can make a circle.
 */
public final class Lineage {
  private static final int MATCHED = 1;
  private static final int FOCUS = 2;
  private static final int FOUND = 4;

  private int[] parents = new int[1 << 10];
  private int[] labels = new int[1 << 10];
  private Edge[] edges = new Edge[1 << 10];
  private byte[] flags = new byte[1 << 10];
  private int size;

  /**
   * Adds the next process.
   *
   * @param parent number of the parent, or negative where there is none
   * @param label what is folded together has the same
   * @param matched whether it is what was asked for
   * @param focus whether it is one that was asked for with its family
   * @param found whether there is a finding about it
   * @throws IllegalArgumentException if the parent was not added before
   */
  public void add(int parent, Edge edge, int label, boolean matched, boolean focus, boolean found) {
    if (parent >= size) {
      throw new IllegalArgumentException("parent " + parent + " of " + size);
    }
    if (size == parents.length) {
      int more = size + (size >> 1);
      parents = Arrays.copyOf(parents, more);
      labels = Arrays.copyOf(labels, more);
      edges = Arrays.copyOf(edges, more);
      flags = Arrays.copyOf(flags, more);
    }
    parents[size] = Math.max(-1, parent);
    labels[size] = label;
    edges[size] = edge;
    flags[size] = (byte) ((matched ? MATCHED : 0) | (focus ? FOCUS : 0) | (found ? FOUND : 0));
    size++;
  }

  /** How many processes there are. */
  public int size() {
    return size;
  }

  int parent(int process) {
    return parents[process];
  }

  int label(int process) {
    return labels[process];
  }

  Edge edge(int process) {
    return edges[process];
  }

  boolean matched(int process) {
    return (flags[process] & MATCHED) != 0;
  }

  boolean focus(int process) {
    return (flags[process] & FOCUS) != 0;
  }

  boolean found(int process) {
    return (flags[process] & FOUND) != 0;
  }

  /** How many edges there are of each kind, each kind named. */
  public Map<Edge, Long> edges() {
    Map<Edge, Long> counts = new EnumMap<>(Edge.class);
    for (Edge edge : Edge.values()) {
      counts.put(edge, 0L);
    }
    for (int i = 0; i < size; i++) {
      counts.merge(edges[i], 1L, Long::sum);
    }
    return counts;
  }
}
