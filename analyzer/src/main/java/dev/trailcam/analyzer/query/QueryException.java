// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.query;

/** A query that must not run, or could not. The fault is the query's; the evidence is untouched. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message may quote the query, which may hold anything. */
  public QueryException(String message) {
    super(message);
  }

  /** The same of an error of the engine. */
  public QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
