// SPDX-License-Identifier: Apache-2.0
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Says which captures there are: who built what, when, and how much of it. */
final class Plan {
  private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
  private static final int DAYS = 180;
  private static final int DAYS_OF_VERSION = 45;
  private static final int HOSTS = 40;

  /** One run in so many is hostile. */
  private static final int HOSTILE = 50;

  /** What the recorder seals at a time when it has much to do. */
  private static final int SEGMENT = 100_000;

  /** Where in a sample short captures begin. */
  private static final int PLACES = 8;

  private final List<Sample> samples;
  private final long seed;

  Plan(List<Sample> samples, long seed) {
    this.samples = samples;
    this.seed = seed;
  }

  /** Captures with so many executions in all, each project's in the order of time. */
  List<Planned> captures(long executions, String perCapture) {
    List<Planned> captures = new ArrayList<>();
    long left = executions;
    for (int i = 0; left > 0; i++) {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
      int project = random.nextInt(Variant.PROJECTS.length);
      Duration after = Duration.ofMillis(random.nextLong(Duration.ofDays(DAYS).toMillis()));
      List<Planned.Part> parts = parts(random, project, after, left, perCapture);
      Planned capture =
          new Planned(
              i,
              random.nextLong(),
              project,
              1 + random.nextInt(HOSTS),
              FIRST.plus(after),
              parts);
      captures.add(capture);
      left -= capture.executions();
    }
    captures.sort(Comparator.comparing(Planned::start).thenComparing(Planned::number));
    return captures;
  }

  private List<Planned.Part> parts(
      SplittableRandom random, int project, Duration after, long left, String perCapture) {
    int version = (int) (after.toDays() / DAYS_OF_VERSION);
    if (perCapture.equals("sample")) {
      return List.of(part(run(random, project, version), 1, left));
    }
    long wanted = perCapture.equals("all") ? left : Math.min(left, Long.parseLong(perCapture));
    if (wanted <= samples.get(0).executions()) {
      return List.of(part(few(random, project, version, (int) wanted), 1, left));
    }
    List<Planned.Part> parts = new ArrayList<>();
    while (wanted > 0) {
      Variant variant = run(random, project, version);
      int times = variant.sample() == 0 ? Math.max(1, SEGMENT / variant.rows()) : 1;
      if ((long) times * variant.rows() > wanted) {
        times = (int) Math.max(1, wanted / variant.rows());
      }
      Planned.Part part = part(variant, times, wanted);
      parts.add(part);
      wanted -= part.executions();
    }
    return parts;
  }

  private static Planned.Part part(Variant variant, int times, long atMost) {
    int rows = (int) Math.min(variant.rows(), atMost);
    return new Planned.Part(
        new Variant(variant.sample(), variant.project(), variant.version(), variant.from(), rows),
        times);
  }

  private int sample(SplittableRandom random) {
    return random.nextInt(HOSTILE) == 0 ? 1 + random.nextInt(samples.size() - 1) : 0;
  }

  /** A whole run, or what is left of it where the first or the last steps had nothing to do. */
  private Variant run(SplittableRandom random, int project, int version) {
    int sample = sample(random);
    int all = samples.get(sample).executions();
    int kind = sample == 0 ? random.nextInt(10) : 0;
    if (kind < 6) {
      return new Variant(sample, project, version, 0, all);
    }
    if (kind < 8) {
      return new Variant(sample, project, version, 0, all * (60 + 3 * project) / 100);
    }
    int from = all * (20 + 4 * project) / 100;
    return new Variant(sample, project, version, from, all - from);
  }

  /** So many executions, or as many as a hostile sample has. */
  private Variant few(SplittableRandom random, int project, int version, int wanted) {
    int sample = sample(random);
    int all = samples.get(sample).executions();
    int rows = Math.min(wanted, all);
    int from = (all - rows) * random.nextInt(PLACES) / (PLACES - 1);
    return new Variant(sample, project, version, from, rows);
  }
}
