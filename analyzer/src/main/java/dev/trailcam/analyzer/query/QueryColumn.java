// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.query;

/**
 * A column of a result, or of a table that may be asked.
 *
 * @param name as it was written or made up by the engine; anything
 * @param type the engine's name of it, such as {@code VARCHAR[]}
 */
public record QueryColumn(String name, String type) {}
