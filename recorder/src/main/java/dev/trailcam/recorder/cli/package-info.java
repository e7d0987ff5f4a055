// SPDX-License-Identifier: Apache-2.0
/** The recorder's verbs: {@code record}, {@code recover}, {@code doctor}. */
package dev.trailcam.recorder.cli;
