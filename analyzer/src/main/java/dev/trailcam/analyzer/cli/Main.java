// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

/** Where the launcher script enters. */
public final class Main {

  private Main() {}

  /** Never returns. */
  public static void main(String[] arguments) {
    System.exit(Trailcam.run(Terminal.ofProcess(), arguments));
  }
}
