// SPDX-License-Identifier: Apache-2.0
/** Queries typed into a terminal one after the other. Read {@link SqlShell}. */
package dev.trailcam.analyzer.shell;
