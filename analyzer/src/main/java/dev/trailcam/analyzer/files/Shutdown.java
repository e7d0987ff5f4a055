// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.files;

import java.util.concurrent.CancellationException;

/** Whether the process is ending. */
public final class Shutdown {

  private Shutdown() {}

  /**
   * To be asked just before a result gets its name: an interrupted run says so by its exit status,
   * and leaves no result, not even a whole one.
   *
   * @throws CancellationException if the process is ending
   */
  public static void requireGoingOn() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
    } catch (IllegalStateException e) { // thrown if, and only if, the process is ending
      throw new CancellationException("interrupted");
    }
  }
}
