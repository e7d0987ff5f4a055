// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.Comparator;
import java.util.Locale;

/**
 * A finding of a hunt, and what is new about it.
 *
 * @param finding the finding; of a rule that is gone, with what the state remembers of the rule
 * @param state whether it was there before
 * @param firstRun number of the run that saw it first, from 1
 * @param resolved why it is none any more; empty while it is one
 */
public record HuntFinding(Finding finding, State state, int firstRun, String resolved) {
  /** New ones first, then as {@link Finding#ORDER}. */
  public static final Comparator<HuntFinding> ORDER =
      Comparator.comparing(HuntFinding::state).thenComparing(HuntFinding::finding, Finding.ORDER);

  /** Names are part of the output. */
  public enum State {
    /** First seen in this run. */
    NEW,
    /** Seen in a run before, and still there or no longer to be judged. */
    KNOWN,
    /** Seen before; in this run its rule, or what is left of it, finds it no more. */
    RESOLVED;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
