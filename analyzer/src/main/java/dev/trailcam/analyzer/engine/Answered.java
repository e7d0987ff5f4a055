// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.ReplayResult;
import java.util.List;

/**
 * A replay, and what was asked about the same evidence.
 *
 * @param result what the rules found
 * @param executions ids of executions for each query, as they happened
 */
public record Answered(ReplayResult result, List<List<String>> executions) {}
