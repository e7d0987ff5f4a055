// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;

/**
 * Tells whether a text holds any of some words, whatever the case of its letters: an Aho-Corasick
 * automaton (Communications of the ACM 18(6), 1975) with all its transitions in one table, one load
 * per byte.
 */
final class Triggers {
  private final byte[] classes = new byte[256];
  private final int shift;
  private final int acceptFrom;
  private final int[] next;

  /** Words of lower-case ASCII, none empty. */
  Triggers(Collection<String> words) {
    int kinds = 1;
    int nodes = 1;
    for (String word : words) {
      nodes += word.length();
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (classes[c] == 0) {
          classes[c] = (byte) kinds++;
        }
      }
    }
    for (int c = 'A'; c <= 'Z'; c++) {
      classes[c] = classes[Ascii.lower(c)];
    }
    shift = 32 - Integer.numberOfLeadingZeros(kinds - 1);
    int[][] trie = new int[nodes][kinds];
    boolean[] accepts = new boolean[nodes];
    int used = 1;
    for (String word : words) {
      int node = 0;
      for (int i = 0; i < word.length(); i++) {
        int kind = classes[word.charAt(i)];
        if (trie[node][kind] == 0) {
          trie[node][kind] = used++;
        }
        node = trie[node][kind];
      }
      accepts[node] = true;
    }
    close(trie, accepts);
    // Accepting states get the highest numbers: one comparison tells them.
    int[] number = new int[used];
    int low = 0;
    int high = used;
    for (int node = 0; node < used; node++) {
      number[node] = accepts[node] ? --high : low++;
    }
    acceptFrom = high << shift;
    next = new int[used << shift];
    for (int node = 0; node < used; node++) {
      for (int kind = 0; kind < kinds; kind++) {
        next[(number[node] << shift) + kind] = number[trie[node][kind]] << shift;
      }
    }
  }

  /** Adds to each node where it goes when its own word does not go on. */
  private static void close(int[][] trie, boolean[] accepts) {
    int[] fallback = new int[trie.length];
    Queue<Integer> queue = new ArrayDeque<>();
    Arrays.stream(trie[0]).filter(child -> child > 0).forEach(queue::add);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      accepts[node] |= accepts[fallback[node]];
      for (int kind = 0; kind < trie[node].length; kind++) {
        int child = trie[node][kind];
        int other = trie[fallback[node]][kind];
        if (child == 0) {
          trie[node][kind] = other;
        } else {
          fallback[child] = other;
          queue.add(child);
        }
      }
    }
  }

  /** Whether a range of bytes holds one of the words. */
  boolean in(byte[] text, int start, int end) {
    int state = 0;
    for (int i = start; i < end; i++) {
      state = next[state + classes[text[i] & 0xff]];
      if (state >= acceptFrom) {
        return true;
      }
    }
    return false;
  }
}
