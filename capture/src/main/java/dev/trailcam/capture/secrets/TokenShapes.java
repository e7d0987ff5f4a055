// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tokens that their own first letters give away, wherever they stand. */
final class TokenShapes implements TextRule {
  private static final int SAMPLE = 64;

  /** Where runs of a kind of bytes end, so that no run is walked twice. */
  private static final class Runs {
    private final Map<TokenBytes, Integer> ends = new EnumMap<>(TokenBytes.class);

    int end(Text text, int start, TokenBytes kind) {
      int end = ends.getOrDefault(kind, 0);
      if (start >= end) {
        end = start;
        while (kind.has(text.at(end))) {
          end++;
        }
        ends.put(kind, end);
      }
      return end;
    }
  }

  private final List<List<TokenShape>> byFirst = new ArrayList<>();

  TokenShapes() {
    for (int i = 0; i < 128; i++) {
      byFirst.add(new ArrayList<>());
    }
    for (TokenShape shape : TokenShape.values()) {
      byFirst.get(shape.prefix().charAt(0)).add(shape);
    }
  }

  /** Text of which each token holds some, in lower case. */
  static List<String> triggers() {
    return Arrays.stream(TokenShape.values())
        .map(shape -> shape.prefix().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Override
  public void hideIn(Text text) {
    Runs runs = new Runs();
    int i = 0;
    while (i < text.length()) {
      int end = text.at(i) > 0 && isStart(text, i) ? hideToken(text, i, runs) : i;
      i = Math.max(end, i + 1);
    }
  }

  /** Whether no longer word goes on here. Line breaks and signs may be written out: \n, %3D. */
  private static boolean isStart(Text text, int i) {
    int before = text.at(i - 1);
    if (!Ascii.isAlnum(before) && before != '_') {
      return true;
    }
    boolean escaped = text.at(i - 2) == '\\' && "nrt".indexOf(before) >= 0;
    boolean encoded = text.at(i - 3) == '%' && Ascii.isHex(text.at(i - 2)) && Ascii.isHex(before);
    return escaped || encoded;
  }

  /** Hides a token that starts here; returns its end, or the start. */
  private int hideToken(Text text, int start, Runs runs) {
    for (TokenShape shape : byFirst.get(text.at(start))) {
      if (!shape.isAt(text, start)) {
        continue;
      }
      int body = start + shape.prefix().length();
      int end = runs.end(text, body, shape.bytes());
      if (end - body >= shape.min()
          && end - body <= shape.max()
          && (!shape.mixed() || isMixed(text, body, end))) {
        text.hide(shape.startOf(text, start), end);
        return end;
      }
    }
    return start;
  }

  /** Words of people hold few digits and capitals. */
  private static boolean isMixed(Text text, int start, int end) {
    boolean digit = false;
    boolean letter = false;
    boolean dots = false;
    int to = Math.min(end, start + SAMPLE);
    for (int i = start; i < to; i++) {
      int b = text.at(i);
      digit |= Ascii.isDigit(b);
      letter |= Ascii.isLetter(b);
      dots |= b == '.' && text.at(i + 1) == '.';
    }
    return digit && letter && !dots;
  }
}
