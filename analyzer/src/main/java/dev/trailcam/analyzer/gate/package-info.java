// SPDX-License-Identifier: Apache-2.0
/**
 * What a rule's SQL may say. Knows the syntax tree that DuckDB makes of a statement, and nothing of
 * the database: read {@link RuleCheck}, then {@code QueryWalk} and {@code ExpressionWalk}.
 */
package dev.trailcam.analyzer.gate;
