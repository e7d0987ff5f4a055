// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The encoder for text from outside in SARIF. */
public final class SarifText {

  private SarifText() {}

  /** A message of that text: brackets would be taken for a link. */
  public static Map<String, Object> message(String text) {
    String escaped =
        TerminalText.plain(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    return new LinkedHashMap<>(Map.of("text", escaped));
  }

  /** A path as the path of a URI, in which everything but letters and digits is escaped. */
  public static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean safe = c < 0x80 && (Character.isLetterOrDigit(c) || "/._~-".indexOf(c) >= 0);
      uri.append(safe ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return uri.toString();
  }
}
