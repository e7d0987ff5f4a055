// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Remembers what became of short texts: builds say the same again and again. For one thread. */
final class RecentTexts implements UnaryOperator<String> {
  private static final int TEXTS = 20_000;
  private static final int MAX_LENGTH = 256;

  private final UnaryOperator<String> change;
  private final Map<String, String> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > TEXTS;
        }
      };

  RecentTexts(UnaryOperator<String> change) {
    this.change = change;
  }

  @Override
  public String apply(String text) {
    return text.length() > MAX_LENGTH ? change.apply(text) : recent.computeIfAbsent(text, change);
  }
}
