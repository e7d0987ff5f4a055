// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.ManifestEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The machine of each capture, where there is more than one; where one was booted again, with the
 * beginning of the boot's id.
 */
final class Machines {
  private static final int MAX_NAME = 24;
  private static final int BOOT_DIGITS = 8;

  private final Map<String, String> names;
  private final int width;

  private Machines(Map<String, String> names) {
    this.names = names;
    this.width = names.values().stream().mapToInt(TextWidth::of).max().orElse(0);
  }

  static Machines of(List<Capture> captures, Glyphs glyphs) {
    Map<String, Set<String>> boots = new HashMap<>();
    for (Capture capture : captures) {
      ManifestEntry.Start start = capture.manifest().start();
      boots.computeIfAbsent(start.host(), host -> new HashSet<>()).add(start.bootId());
    }
    Map<String, String> names = new HashMap<>();
    long all = boots.values().stream().mapToLong(Set::size).sum();
    for (Capture capture : all < 2 ? List.<Capture>of() : captures) {
      ManifestEntry.Start start = capture.manifest().start();
      String host = glyphs.cut(TerminalText.plain(start.host()), MAX_NAME);
      String boot = TerminalText.plain(start.bootId());
      names.put(
          capture.id(),
          boots.get(start.host()).size() == 1
              ? host
              : host + "/" + boot.substring(0, Math.min(BOOT_DIGITS, boot.length())));
    }
    return new Machines(names);
  }

  /** The name, filled up to the width of the longest; nothing where there is one machine. */
  String column(String captureId) {
    if (width == 0) {
      return "";
    }
    return TextWidth.padded(names.getOrDefault(captureId, "?"), width + 2);
  }
}
