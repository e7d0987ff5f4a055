// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.rules.Severity;

/**
 * How text for people looks.
 *
 * @param colored whether to use colours
 * @param width columns to wrap prose to, from 40
 */
public record Style(boolean colored, int width) {
  private static final int MIN_WIDTH = 40;

  /** Keeps the width sane. */
  public Style {
    width = Math.max(MIN_WIDTH, width);
  }

  String severity(Severity severity, String text) {
    return switch (severity) {
      case CRITICAL -> sgr("1;31", text);
      case HIGH -> sgr("31", text);
      case MEDIUM -> sgr("33", text);
      case LOW -> sgr("36", text);
      case INFORMATIONAL -> sgr("2", text);
    };
  }

  String bold(String text) {
    return sgr("1", text);
  }

  String dim(String text) {
    return sgr("2", text);
  }

  /** Something to type. */
  String code(String text) {
    return sgr("36", text);
  }

  String good(String text) {
    return sgr("32", text);
  }

  String warning(String text) {
    return sgr("1;33", text);
  }

  private String sgr(String code, String text) {
    return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
