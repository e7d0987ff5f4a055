// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

/** The program as other programs' formats name it. */
record Product(String name, String version) {
  /** The vendor, where a format wants one. */
  static final String VENDOR = "Trailcam";

  /** Of a name and a version with a space between them. */
  static Product of(String tool) {
    int space = tool.lastIndexOf(' ');
    return space < 0
        ? new Product(tool, "0")
        : new Product(tool.substring(0, space), tool.substring(space + 1));
  }
}
