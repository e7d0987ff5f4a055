// SPDX-License-Identifier: Apache-2.0
/**
 * Whether rules do what their authors said: the cases beside each rule, and what is expected of
 * whole corpora of captures. Read {@link RegressionRun}, then {@link Check}.
 */
package dev.trailcam.analyzer.regression;
