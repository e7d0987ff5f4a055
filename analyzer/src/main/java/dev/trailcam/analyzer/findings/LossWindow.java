// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A time in which a capture is known to lack something. Windows of one capture neither overlap nor
 * touch.
 *
 * @param captureId the capture; null where not even its manifest can be read
 * @param path its directory, or what was named instead of one; may hold hostile text
 * @param fromNs its first moment, in nanoseconds since 1970; empty where nothing says when
 * @param toNs its last moment; empty where nothing says that it ended
 * @param lost rows that are missing, each count from 1, by the SQL name of their table
 * @param uncounted whether more is missing, of any table, and nobody knows how much
 * @param causes {@link dev.trailcam.capture.LossCause#id()} or {@link
 *     dev.trailcam.analyzer.evidence.EvidenceProblem.Kind#id()}, or {@code other}
 */
public record LossWindow(
    String captureId,
    String path,
    OptionalLong fromNs,
    OptionalLong toNs,
    SortedMap<String, Long> lost,
    boolean uncounted,
    SortedSet<String> causes) {

  /** Makes the collections immutable. */
  public LossWindow {
    lost = Collections.unmodifiableSortedMap(new TreeMap<>(lost));
    causes = Collections.unmodifiableSortedSet(new TreeSet<>(causes));
  }

  /** All rows that are missing and were counted. */
  public long lostTotal() {
    return lost.values().stream().reduce(0L, Span::sum);
  }

  boolean holds(long ns) {
    return fromNs.orElse(Long.MIN_VALUE) <= ns && ns <= toNs.orElse(Long.MAX_VALUE);
  }
}
