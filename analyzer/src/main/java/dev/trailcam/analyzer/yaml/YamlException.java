// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.yaml;

/** A text is no YAML that we read. The message has no full stop. */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  YamlException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Line from 1, or 0 where it is not known. */
  public int line() {
    return line;
  }
}
