// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;

/** Finds secrets by the words before them. */
sealed interface CommandRule
    permits ConfigurationValues, FlagValues, ProgramOptions, SplitPrivateKeys {
  /** Hides what is secret in one simple command, or in a whole argv. */
  void hideIn(List<Word> words);
}
