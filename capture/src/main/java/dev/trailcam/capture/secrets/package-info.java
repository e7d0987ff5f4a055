// SPDX-License-Identifier: Apache-2.0
/**
 * Finds secrets in arguments and replaces them by keyed marks, before anything reaches the disk.
 * Rules look at one text ({@link dev.trailcam.capture.secrets.TextRule}) or at the words of a
 * command line ({@link dev.trailcam.capture.secrets.CommandRule}). Every rule takes time linear in
 * the text.
 */
package dev.trailcam.capture.secrets;
