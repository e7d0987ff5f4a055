// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import java.util.List;
import java.util.Map;

/**
 * What is in the tables.
 *
 * @param captures with malformed segments set aside
 * @param segments by their number in {@code staged_…}
 */
record LoadedEvidence(List<Capture> captures, Map<Integer, Segment> segments) {}
