// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.io.IOException;

/** Facts that cannot be had, and the reason that will be recorded. */
final class FactsMissingException extends IOException {
  private static final long serialVersionUID = 1;

  private final MissingFacts why;

  /**
   * @param what what is the matter, for whoever debugs it
   */
  FactsMissingException(MissingFacts why, String what) {
    super(what);
    this.why = why;
  }

  MissingFacts why() {
    return why;
  }
}
