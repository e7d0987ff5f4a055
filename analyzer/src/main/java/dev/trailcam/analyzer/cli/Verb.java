// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.util.concurrent.Callable;

/** A verb that reads captures. */
interface Verb extends Callable<Integer> {
  OutputOptions common();
}
