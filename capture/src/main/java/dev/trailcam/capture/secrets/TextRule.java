// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/** Finds secrets that the text around them gives away, whatever program gets it. */
sealed interface TextRule permits NamedValues, PrivateKeyBlocks, TokenShapes, UrlSecrets {
  /** Hides what is secret in a text. */
  void hideIn(Text text);
}
