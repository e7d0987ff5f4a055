// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which files were asked about, for those that were executed last. One whose facts may be had later
 * is tried again when it is executed again, a few times: what fails each time must not cost
 * something each time.
 */
final class KnownFiles {
  private static final int ATTEMPTS = 3;
  private static final float LOAD_FACTOR = 0.75f;

  private final LinkedHashMap<FileKey, State> states;

  /**
   * @param attempts that were begun
   * @param again whether to begin another
   */
  private record State(int attempts, boolean again) {}

  KnownFiles(int most) {
    states =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<FileKey, State> eldest) {
            return size() > most;
          }
        };
  }

  /** Whether nothing is known of the file and nobody is finding out. */
  boolean wants(FileKey key) {
    State state = states.get(key);
    return state == null || state.again;
  }

  /** It is being examined from now on. */
  void begin(FileKey key) {
    State state = states.get(key);
    states.put(key, new State(state == null ? 1 : state.attempts + 1, false));
  }

  /** It has been examined. */
  void end(FileFacts facts) {
    State state = states.get(facts.key());
    if (state != null && facts.why() != null && facts.why().maySucceedLater()) {
      states.put(facts.key(), new State(state.attempts, state.attempts < ATTEMPTS));
    }
  }

  int size() {
    return states.size();
  }
}
