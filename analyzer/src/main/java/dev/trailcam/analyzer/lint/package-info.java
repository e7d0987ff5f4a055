// SPDX-License-Identifier: Apache-2.0
/**
 * Judges what authors of rules wrote: metadata, SQL, pages, cases, lists and the lock, all problems
 * at once. Read {@link RuleLint} and {@link LintCode}.
 */
package dev.trailcam.analyzer.lint;
