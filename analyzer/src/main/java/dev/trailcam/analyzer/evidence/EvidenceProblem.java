// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.CaptureLayout;
import java.util.Comparator;
import java.util.Locale;

/**
 * One thing that is wrong with the evidence. What it names and says may hold text that strangers
 * chose: escape it for where it is printed.
 *
 * @param path the file or directory, as the user would name it
 * @param kind what sort of problem
 * @param message what is wrong and, where there is one, the next move; no full stop
 */
public record EvidenceProblem(String path, Kind kind, String message)
    implements Comparable<EvidenceProblem> {

  private static final Comparator<EvidenceProblem> ORDER =
      Comparator.comparing(EvidenceProblem::path)
          .thenComparing(EvidenceProblem::kind)
          .thenComparing(EvidenceProblem::message);

  /** The closed set of problems; each makes a result incomplete. Names are part of the output. */
  public enum Kind {
    /** The argument, or a file in a store, belongs to no capture. */
    NOT_A_CAPTURE,
    /** There are captures, and none of them is what was asked for. */
    NOTHING_SELECTED,
    /** A directory or file could not be read. */
    UNREADABLE,
    /** An archive is damaged, cut off, or unpacks to more than it should; what could be is read. */
    ARCHIVE_DAMAGED,
    /** An archive holds something that is not looked into: its name, or what it is, forbids it. */
    ARCHIVE_ENTRY,
    /** The manifest cannot be used at all. */
    MANIFEST_UNREADABLE,
    /** The manifest is good up to a line that is torn, altered or out of place. */
    MANIFEST_DAMAGED,
    /** There is no end line: the recorder died or is still at work. */
    UNFINISHED,
    /** The end line says that the recording failed or was recovered. */
    ENDED_BADLY,
    /** The manifest lists a file that is not there. */
    SEGMENT_MISSING,
    /** Retention removed listed files, or says so of a file that is there. */
    EXPIRED,
    /** A listed file is shorter or longer than the manifest says. */
    SEGMENT_RESIZED,
    /** A listed file's bytes differ from what was sealed. */
    SEGMENT_ALTERED,
    /** A listed name is a link, a pipe, a device or a directory. */
    SEGMENT_NOT_A_FILE,
    /** The bytes are as sealed but do not hold the table they should. */
    SEGMENT_MALFORMED,
    /** A segment file that the manifest does not list. */
    FOREIGN_FILE,
    /** Records that were not sealed yet. */
    NOT_SEALED,
    /** Sequence numbers are missing and no counted loss explains them. */
    GAP,
    /** The manifest's counts contradict each other. */
    COUNTS_DISAGREE,
    /** The recorder counted executions or other events that it could not record. */
    ROWS_LOST,
    /** Another capture claims the same id. */
    DUPLICATE,
    /** A compaction did not take it, and it is not at hand. */
    LEFT_OUT;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The directory or file it is about, wherever that lies: a manifest stands for its capture. */
  public String subject() {
    String manifest = "/" + CaptureLayout.MANIFEST;
    String name =
        path.endsWith(manifest) ? path.substring(0, path.length() - manifest.length()) : path;
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(EvidenceProblem other) {
    return ORDER.compare(this, other);
  }
}
