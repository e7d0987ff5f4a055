// SPDX-License-Identifier: Apache-2.0
/**
 * Rules as they were in a revision of a repository; nothing outside this package knows git. Read
 * {@link Repository}.
 */
package dev.trailcam.analyzer.revisions;
