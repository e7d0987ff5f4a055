// SPDX-License-Identifier: Apache-2.0
/** What a query of somebody's own gives: columns, rows, or the reason why it gives nothing. */
package dev.trailcam.analyzer.query;
