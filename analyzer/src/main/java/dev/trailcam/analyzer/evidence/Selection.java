// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which captures of a store are wanted, decided on their manifests alone. A capture that overlaps
 * the time is wanted as a whole, since rules may need what happened around it; what of it lies
 * outside is for {@link #admits(Instant)} to say.
 *
 * @param from the earliest time, inclusive
 * @param to the latest time, exclusive
 * @param hosts names of machines; any of them fits, and every machine when there are none
 * @param projects paths of CI projects; a capture outside CI has none and fits only when there are
 *     none here
 * @param environments ci, staging, production; likewise
 */
public record Selection(
    Optional<Instant> from,
    Optional<Instant> to,
    List<NamePattern> hosts,
    List<NamePattern> projects,
    List<NamePattern> environments) {

  /** Everything. */
  public static final Selection ALL =
      new Selection(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

  /** Makes the lists immutable. */
  public Selection {
    hosts = List.copyOf(hosts);
    projects = List.copyOf(projects);
    environments = List.copyOf(environments);
  }

  /** Whether it leaves nothing out. */
  public boolean all() {
    return equals(ALL);
  }

  /** Whether a capture is wanted. */
  public boolean admits(Manifest manifest) {
    ManifestEntry.Start start = manifest.start();
    return NamePattern.anyMatches(hosts, start.host())
        && NamePattern.anyMatches(projects, start.ci() == null ? null : start.ci().projectPath())
        && NamePattern.anyMatches(environments, start.environment())
        && RecordedTime.of(manifest).overlaps(from, to);
  }

  /** Whether what happened then is wanted. */
  public boolean admits(Instant time) {
    return from.map(first -> !time.isBefore(first)).orElse(true)
        && to.map(time::isBefore).orElse(true);
  }

  /**
   * Takes the wanted ones out of those that were found. One whose manifest cannot be read any more
   * cannot be judged, so it is wanted and will be a problem.
   */
  public Selected of(List<CaptureEntry> entries) {
    if (all()) {
      return new Selected(entries, 0);
    }
    List<CaptureEntry> wanted = new ArrayList<>();
    for (CaptureEntry entry : entries) {
      if (admits(entry)) {
        wanted.add(entry);
      }
    }
    return new Selected(wanted, entries.size() - wanted.size());
  }

  private boolean admits(CaptureEntry entry) {
    try {
      return admits(entry.manifest());
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * What a selection took.
   *
   * @param captures in the order in which they were found
   * @param notSelected how many others there are
   */
  public record Selected(List<CaptureEntry> captures, long notSelected) {
    /** Makes the list immutable. */
    public Selected {
      captures = List.copyOf(captures);
    }
  }
}
