// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.Locale;

/** Where a recorded machine stands; guidance for a finding depends on it. */
public enum Environment {
  CI,
  STAGING,
  PRODUCTION;

  /** The value in the {@code environment} column and in the manifest. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
