// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/** Executions cannot be watched here: says why in a clause, and what to do next in another. */
public final class ProbeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String nextMove;

  ProbeException(String why, String nextMove) {
    this(why, nextMove, null);
  }

  ProbeException(String why, String nextMove, Throwable cause) {
    super(why + "; " + nextMove, cause);
    this.why = why;
    this.nextMove = nextMove;
  }

  /** What is the matter, in a clause. */
  public String why() {
    return why;
  }

  /** What the user can do about it, in the imperative. */
  public String nextMove() {
    return nextMove;
  }
}
