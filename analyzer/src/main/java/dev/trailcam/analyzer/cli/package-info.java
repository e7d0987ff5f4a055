// SPDX-License-Identifier: Apache-2.0
/** The command line; nothing outside this package knows picocli. Read {@link Main}. */
package dev.trailcam.analyzer.cli;
