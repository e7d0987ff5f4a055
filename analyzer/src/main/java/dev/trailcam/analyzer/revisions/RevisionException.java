// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

/** A revision cannot be had. The message names it and says why; no full stop. */
public final class RevisionException extends Exception {
  private static final long serialVersionUID = 1L;

  RevisionException(String message) {
    super(message);
  }
}
