// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** One argument, and what was found in it. What already is a mark is never hidden again. */
final class Text {
  private final byte[] bytes;
  private final boolean script;
  // Both null while empty: there may be tens of thousands of empty arguments.
  private List<Span> spans;
  private BitSet marks;

  private record Span(int start, int end, boolean urlEncoded) {}

  /**
   * A text.
   *
   * @param script whether a shell will read it, so that blanks and semicolons end a value
   */
  Text(byte[] bytes, boolean script) {
    this.bytes = bytes;
    this.script = script;
    for (int i = 0; i + Marks.LENGTH <= bytes.length; i++) {
      if (bytes[i] == '[' && Marks.isAt(bytes, i)) {
        marks = marks == null ? new BitSet() : marks;
        marks.set(i, i + Marks.LENGTH);
      }
    }
  }

  boolean script() {
    return script;
  }

  int length() {
    return bytes.length;
  }

  /** The byte at a position; 0 outside, where no argument has one. */
  int at(int position) {
    return position >= 0 && position < bytes.length ? bytes[position] : 0;
  }

  /** Whether what is at a position is, apart from the case of letters, this lower-case text. */
  boolean hasAt(int start, String lowerCase) {
    if (start < 0 || start + lowerCase.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Ascii.lower(bytes[start + i]) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a range as Latin-1, letters in lower case. For short ranges. */
  String lowerCase(int start, int end) {
    StringBuilder out = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      out.append((char) (Ascii.lower(bytes[i]) & 0xff));
    }
    return out.toString();
  }

  /** The first position from {@code start} on that holds the byte outside marks, or {@code end}. */
  int find(int wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted && !isMarked(i)) {
        return i;
      }
    }
    return end;
  }

  /** Whether a range holds one of the words. */
  boolean holds(Triggers words, int start, int end) {
    return words.in(bytes, start, end);
  }

  int skipBlanks(int start) {
    int i = start;
    while (i < bytes.length && Ascii.isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  boolean isMarked(int position) {
    return marks != null && marks.get(position);
  }

  /** Hides a range. */
  void hide(int start, int end) {
    hide(start, end, false);
  }

  /** Hides a range whose mark is that of what its %XX stand for. */
  void hideUrlEncoded(int start, int end) {
    hide(start, end, true);
  }

  private void hide(int start, int end, boolean urlEncoded) {
    int from = nextUnmarked(start);
    while (from < end) {
      int mark = marks == null ? -1 : marks.nextSetBit(from);
      int to = mark < 0 ? end : Math.min(mark, end);
      spans = spans == null ? new ArrayList<>() : spans;
      spans.add(new Span(from, to, urlEncoded));
      from = nextUnmarked(to);
    }
  }

  private int nextUnmarked(int start) {
    return marks == null ? start : marks.nextClearBit(start);
  }

  /** Secrets found. */
  int secrets() {
    return merged().size();
  }

  /** The text with a mark for each secret. */
  byte[] masked(Marks keyed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int done = 0;
    for (Span span : merged()) {
      out.write(bytes, done, span.start - done);
      byte[] secret = Arrays.copyOfRange(bytes, span.start, span.end);
      out.writeBytes(keyed.of(span.urlEncoded ? UrlSecrets.decoded(secret) : secret));
      done = span.end;
    }
    out.write(bytes, done, bytes.length - done);
    return out.toByteArray();
  }

  /** Several rules may find one secret, or one a part of what another finds. */
  private List<Span> merged() {
    if (spans == null) {
      return List.of();
    }
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingInt(Span::start));
    List<Span> out = new ArrayList<>();
    for (Span span : sorted) {
      Span last = out.isEmpty() ? null : out.get(out.size() - 1);
      if (last == null || span.start >= last.end) {
        out.add(span);
      } else {
        out.set(
            out.size() - 1,
            new Span(last.start, Math.max(last.end, span.end), last.urlEncoded || span.urlEncoded));
      }
    }
    return out;
  }
}
