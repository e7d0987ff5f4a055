// SPDX-License-Identifier: Apache-2.0
/** Files that this program makes for itself while it works. Knows nothing of what is in them. */
package dev.trailcam.analyzer.files;
