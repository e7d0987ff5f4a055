// SPDX-License-Identifier: Apache-2.0
/**
 * Results as text and JSON. Everything that is printed passes through {@link TerminalText} or
 * {@code Json}. Read {@link ReplayReport} first.
 */
package dev.trailcam.analyzer.report;
