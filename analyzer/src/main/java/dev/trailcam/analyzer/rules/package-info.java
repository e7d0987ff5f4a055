// SPDX-License-Identifier: Apache-2.0
/**
 * Rules as their authors wrote them: metadata, SQL and the page for the analyst. Runs nothing. Read
 * {@link Rule}, then {@link RuleSet}.
 */
package dev.trailcam.analyzer.rules;
