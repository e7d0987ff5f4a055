// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.List;
import java.util.Map;

/**
 * A capture that somebody wrote row by row instead of recording it; there are no files behind it.
 *
 * @param capture what a manifest would say; its one segment is what the rows come from instead
 * @param rows by table; values as in {@link dev.trailcam.analyzer.rules.CaseRow}
 */
public record WrittenCapture(Capture capture, Map<Table, List<Map<Column, Object>>> rows) {}
