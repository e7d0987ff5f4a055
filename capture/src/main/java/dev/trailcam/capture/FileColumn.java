// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.MAYBE;
import static dev.trailcam.capture.ColumnType.STRING;
import static dev.trailcam.capture.ColumnType.TEXT;
import static dev.trailcam.capture.ColumnType.TEXT_LIST;

/**
 * The columns that only {@code files} has: one row for each program file that the recorder looked
 * into after something had executed it. dev, inode, size and ctime say which content was meant.
 */
public enum FileColumn implements Column {
  PATH(TEXT, MAYBE, "Path, within the mount namespace of who executed it"),
  SHA256(STRING, MAYBE, "SHA-256 of the content, 64 hexadecimal digits"),
  BUILD_ID(STRING, MAYBE, "GNU build id, hexadecimal; null when it has none"),
  NEEDED(TEXT_LIST, MAYBE, "Libraries it is linked with (DT_NEEDED), empty for a static program"),
  INTERPRETER(TEXT, MAYBE, "Dynamic loader it asks for (PT_INTERP)"),
  MISSING(STRING, MAYBE, "Why facts are missing; null when none is");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  FileColumn(ColumnType type, Presence presence, String meaning) {
    this.spec = new Spec(type, presence, 2, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
