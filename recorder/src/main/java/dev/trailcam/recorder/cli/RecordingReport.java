// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.ManifestEntry.EventCount;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.recording.RecordingResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Tells the user how a recording goes, and how it went. */
final class RecordingReport {
  private final PrintWriter err;
  private final boolean quiet;

  RecordingReport(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  /** Says a sentence unless the user wants none. */
  void tell(String sentence) {
    say(sentence, !quiet);
  }

  /** Says a sentence even to a user who wants none. */
  void alarm(String sentence) {
    say(sentence, true);
  }

  /** Says how it went; what was lost or failed even to a user who wants no sentences. */
  int finish(RecordingResult result) {
    Map<String, EventCount> events = result.end().events();
    long others = events.values().stream().mapToLong(EventCount::lost).sum();
    boolean whole = result.failure().isEmpty() && result.lost() == 0 && others == 0;
    say(
        String.format(
            Locale.ROOT,
            "%,d executions recorded, %,d lost: %s",
            result.end().recorded(),
            result.lost(),
            result.capture()),
        !quiet || !whole);
    for (LossCause cause : LossCause.values()) {
      long count = result.end().losses().getOrDefault(cause.id(), 0L);
      say(String.format(Locale.ROOT, "%,d lost: %s", count, cause.sentence()), count > 0);
    }
    for (Table table : Table.values()) {
      EventCount books = events.get(table.filePrefix());
      boolean lost = books != null && books.lost() > 0;
      say(
          lost ? String.format(Locale.ROOT, "%,d lost: %s", books.lost(), table.sqlName()) : "",
          lost);
    }
    result
        .failure()
        .ifPresent(
            why -> {
              say("the capture is NOT complete: " + why, true);
              say("next: mend that, then 'trailcam recover " + result.capture() + "'", true);
            });
    boolean commandSucceeded = result.exitStatus() == 0;
    return result.failure().isPresent() && commandSucceeded ? Failures.STATUS : result.exitStatus();
  }

  private void say(String sentence, boolean aloud) {
    if (aloud) {
      err.println("trailcam: " + sentence);
      err.flush();
    }
  }
}
