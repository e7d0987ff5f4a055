// SPDX-License-Identifier: Apache-2.0
/**
 * What a replay results in, apart from how it was computed and how it is shown. Read {@link
 * Finding} and {@link ReplayResult}.
 */
package dev.trailcam.analyzer.findings;
