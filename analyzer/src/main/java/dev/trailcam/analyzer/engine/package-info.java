// SPDX-License-Identifier: Apache-2.0
/**
 * The SQL engine; nothing outside this package knows JDBC or DuckDB. Read {@link Engine}, then
 * {@code EvidenceTables} and {@code RuleRunner}.
 */
package dev.trailcam.analyzer.engine;
