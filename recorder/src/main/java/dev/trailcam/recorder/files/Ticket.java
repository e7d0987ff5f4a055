// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.util.concurrent.atomic.AtomicReference;

/** A file that waits to be examined. Whoever settles it first, examiner or collector, counts. */
final class Ticket {
  private final FileRequest request;
  private final AtomicReference<FileFacts> outcome = new AtomicReference<>();
  private volatile boolean begun;

  Ticket(FileRequest request) {
    this.request = request;
  }

  /** Examines the file; a mistake of ours costs this file its facts and no other. */
  void examine(Examination examination) {
    begun = true;
    FileFacts facts;
    try {
      facts = examination.examine(request);
    } catch (RuntimeException e) {
      facts = FileFacts.missing(request, MissingFacts.FAILED);
    }
    outcome.compareAndSet(null, facts);
  }

  /** Says that there was no time. */
  void giveUp() {
    MissingFacts why = begun ? MissingFacts.TOO_SLOW : MissingFacts.BUSY;
    outcome.compareAndSet(null, FileFacts.missing(request, why));
  }

  /** What was found out; null as long as that is open. */
  FileFacts outcome() {
    return outcome.get();
  }
}
