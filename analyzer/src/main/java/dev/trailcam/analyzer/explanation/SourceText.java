// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the author wrote for a node. Places in a tree are counted in bytes of UTF-8. */
final class SourceText {
  private static final Pattern QUOTED_OR_GAP =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(?:\\s|--[^\n]*|/\\*.*?\\*/)+", Pattern.DOTALL);

  private final byte[] sql;

  SourceText(String sql) {
    this.sql = sql.getBytes(UTF_8);
  }

  /** In one line, without comments; "" for a node that has no place. */
  String of(JsonNode node) {
    int start = start(node);
    int end = end(node);
    if (start < 0 || end <= start || end > sql.length) {
      return "";
    }
    String text = new String(Arrays.copyOfRange(sql, start, end), UTF_8);
    return QUOTED_OR_GAP.matcher(text).replaceAll(SourceText::shown).strip();
  }

  private static String shown(MatchResult match) {
    char first = match.group().charAt(0);
    return first == '\'' || first == '"' ? Matcher.quoteReplacement(match.group()) : " ";
  }

  /** Line from 1 at which the node or the first thing in it begins; 0 where none has a place. */
  int line(JsonNode node) {
    int start = start(node);
    if (start < 0 || start > sql.length) {
      return 0;
    }
    int line = 1;
    for (int i = 0; i < start; i++) {
      line += sql[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static int start(JsonNode node) {
    int start = own(node);
    for (JsonNode child : node) {
      int inner = child.isContainer() ? start(child) : -1;
      start = start < 0 || (inner >= 0 && inner < start) ? inner : start;
    }
    return start;
  }

  private static int end(JsonNode node) {
    int start = own(node);
    int end = start < 0 ? -1 : start + node.path("query_location_length").asInt(0);
    for (JsonNode child : node) {
      end = child.isContainer() ? Math.max(end, end(child)) : end;
    }
    return end;
  }

  /** Where a node says it begins; -1 where it does not. */
  private static int own(JsonNode node) {
    JsonNode place = node.path("query_location");
    return place.canConvertToInt() ? place.asInt() : -1;
  }
}
