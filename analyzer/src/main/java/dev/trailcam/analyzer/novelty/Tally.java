// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import dev.trailcam.capture.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Counts what the head did, then how often the base did the same. Keeps a hash of each shape and no
 * text, so that memory goes by how many shapes the head has.
 */
public final class Tally {
  /** Shapes of one aspect; a build has some thousands. */
  static final int MAX_SHAPES = 100_000;

  private static final Comparator<Count> RAREST_FIRST =
      Comparator.comparingLong((Count count) -> count.baseRuns)
          .thenComparingLong(count -> count.baseExecutions)
          .thenComparingLong(count -> count.firstNs)
          .thenComparingLong(count -> count.firstKey);

  private final Map<Aspect, Map<Key, Count>> counts = new EnumMap<>(Aspect.class);
  private final Map<Aspect, Long> notCompared = new EnumMap<>(Aspect.class);
  private final UnaryOperator<String> text = new RecentTexts(Normalizer::text);
  private final int maxShapes;
  private long cut;

  /** Half of a hash for which nobody finds another text: an act must not pass for another. */
  private record Key(long high, long low) {
    static Key of(Aspect aspect, Act act, UnaryOperator<String> text) {
      String hash = Sha256.of(aspect.shape(act, text));
      return new Key(
          Long.parseUnsignedLong(hash, 0, 16, 16), Long.parseUnsignedLong(hash, 16, 32, 16));
    }
  }

  private static final class Count {
    private long headExecutions;
    private long firstNs = Long.MAX_VALUE;
    private long firstKey = Long.MAX_VALUE;
    private long baseRuns;
    private long baseExecutions;
    private String lastRun;
  }

  /**
   * A shape with what was counted of it.
   *
   * @param aspect in what it is one
   * @param headExecutions executions of the head that have it, from 1
   * @param baseRuns captures of the base that have it
   * @param baseExecutions executions of these that have it
   * @param firstKey the engine's key of the head's first execution with it
   */
  public record Counted(
      Aspect aspect, long headExecutions, long baseRuns, long baseExecutions, long firstKey) {}

  /** Counts nothing yet. */
  public Tally() {
    this(MAX_SHAPES);
  }

  Tally(int maxShapes) {
    this.maxShapes = maxShapes;
    for (Aspect aspect : Aspect.values()) {
      counts.put(aspect, new HashMap<>());
    }
  }

  /**
   * Counts what the head did.
   *
   * @param executions how often
   * @param firstNs when for the first time, in nanoseconds since 1970
   * @param firstKey the engine's key of that execution
   */
  public void head(Act act, long executions, long firstNs, long firstKey) {
    cut += act.argvTruncated() ? executions : 0;
    for (Aspect aspect : Aspect.values()) {
      Map<Key, Count> known = counts.get(aspect);
      Key key = Key.of(aspect, act, text);
      Count count = known.get(key);
      if (count == null) {
        if (known.size() >= maxShapes) {
          notCompared.merge(aspect, executions, Long::sum);
          continue;
        }
        count = new Count();
        known.put(key, count);
      }
      count.headExecutions += executions;
      if (firstNs < count.firstNs || (firstNs == count.firstNs && firstKey < count.firstKey)) {
        count.firstNs = firstNs;
        count.firstKey = firstKey;
      }
    }
  }

  /**
   * Counts what a run of the base did; all of one run are to be told one after the other, after the
   * head's.
   */
  public void base(String run, Act act, long executions) {
    for (Aspect aspect : Aspect.values()) {
      Count count = counts.get(aspect).get(Key.of(aspect, act, text));
      if (count != null) {
        count.baseExecutions += executions;
        count.baseRuns += run.equals(count.lastRun) ? 0 : 1;
        count.lastRun = run;
      }
    }
  }

  /** Shapes that at most so many runs of the base have, rarest first, then as they came up. */
  public List<Counted> rare(Aspect aspect, long maxBaseRuns) {
    List<Counted> rare = new ArrayList<>();
    counts.get(aspect).values().stream()
        .filter(count -> count.baseRuns <= maxBaseRuns)
        .sorted(RAREST_FIRST)
        .forEach(
            count ->
                rare.add(
                    new Counted(
                        aspect,
                        count.headExecutions,
                        count.baseRuns,
                        count.baseExecutions,
                        count.firstKey)));
    return rare;
  }

  /** Executions of the head of which only the first arguments are known. */
  public long cut() {
    return cut;
  }

  /** How many different shapes the head has. */
  public long shapes(Aspect aspect) {
    return counts.get(aspect).size();
  }

  /** Executions of the head whose shapes were one too many. */
  public long notCompared(Aspect aspect) {
    return notCompared.getOrDefault(aspect, 0L);
  }
}
