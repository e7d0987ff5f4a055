// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.capture.Table;
import java.util.Map;
import java.util.Set;

/**
 * What of the evidence has to be in tables, all of it in terms of stored columns but for the last.
 *
 * @param rows columns of the tables but {@code execs}; a table that is absent is not read at all
 * @param execs columns of executions that are kept for each of them
 * @param shapes columns that are kept once for all executions that agree in them, see {@link
 *     ShapedExecs}; at least one
 * @param view columns that the view {@code execs} will have
 */
record Needs(
    Map<Table, Set<String>> rows, Set<String> execs, Set<String> shapes, Set<String> view) {}
