// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

/**
 * One file that rules are written against.
 *
 * @param path where it lies beside {@code rules/}, such as lists/net_sniff_tools.csv
 * @param file what it is called in messages
 * @param text its content
 */
public record SurfaceFile(String path, String file, String text) {

  /** File name without directory and ending: of a list, the name of its table. */
  public String name() {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
