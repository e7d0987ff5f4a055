// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.util.concurrent.Callable;

/** Something the program can be told to do. */
interface Verb extends Callable<Integer> {
  DisplayOptions common();
}
