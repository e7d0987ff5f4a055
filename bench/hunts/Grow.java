// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Grows the sample captures into a store: {@code Grow SAMPLES STORE EXECUTIONS [PER_CAPTURE [SEED]]}.
 *
 * <p>PER_CAPTURE is "sample" (captures as long as the recorded runs and parts of them), "all" (one
 * capture), or a number. The same arguments give the same bytes, whatever the number of processors.
 */
final class Grow {
  private Grow() {}

  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    if (arguments.length < 3 || arguments.length > 5) {
      System.err.println("Grow SAMPLES STORE EXECUTIONS [sample|all|PER_CAPTURE [SEED]]");
      System.exit(2);
    }
    Path samples = Path.of(arguments[0]);
    Path store = Path.of(arguments[1]);
    long executions = Long.parseLong(arguments[2]);
    String perCapture = arguments.length > 3 ? arguments[3] : "sample";
    long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : 1;
    Files.createDirectory(store);
    List<Sample> known = Sample.all(samples);
    List<Planned> plan = new Plan(known, seed).captures(executions, perCapture);
    long began = System.nanoTime();
    write(store, plan, known);
    System.err.printf(
        "%,d executions in %,d captures, %.1f s%n",
        plan.stream().mapToLong(Planned::executions).sum(),
        plan.size(),
        (System.nanoTime() - began) / 1e9);
  }

  /** Each project's captures in the order of time by one thread, which has its variants at hand. */
  private static void write(Path store, List<Planned> plan, List<Sample> samples)
      throws IOException, InterruptedException {
    Map<Integer, List<Planned>> projects = new TreeMap<>();
    for (Planned capture : plan) {
      projects.computeIfAbsent(capture.project(), key -> new ArrayList<>()).add(capture);
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (List<Planned> captures : projects.values()) {
        results.add(
            workers.submit(
                () -> {
                  try (Variants variants = new Variants(samples)) {
                    for (Planned capture : captures) {
                      new GrownCapture(store, capture, variants).write();
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
