// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import java.util.Locale;

/** What a finding is that nobody expects. */
public enum Unexpected {
  FAIL,
  WARN,
  IGNORE;

  /** The name in files and options. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
