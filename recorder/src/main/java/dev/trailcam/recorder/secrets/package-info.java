// SPDX-License-Identifier: Apache-2.0
/**
 * Finds secrets in arguments and replaces them by keyed marks, before anything reaches the disk.
 * Rules look at one text ({@link dev.trailcam.recorder.secrets.TextRule}) or at the words of a
 * command line ({@link dev.trailcam.recorder.secrets.CommandRule}). Every rule takes time linear in
 * the text.
 */
package dev.trailcam.recorder.secrets;
