// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/** The engine itself failed, as opposed to a rule or a file of evidence: no result can be had. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message is for the user and says what to do. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is to be told does not fit into the part of the memory that the engine does not use. */
  public static EngineException ofFullHeap(Throwable cause) {
    return new EngineException(
        "the result does not fit into memory: give more with --memory, or ask for fewer rules,"
            + " captures or a shorter time",
        cause);
  }
}
