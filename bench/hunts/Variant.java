// SPDX-License-Identifier: Apache-2.0

/**
 * What repeats from run to run: a part of a sample, as the program of a project.
 *
 * @param sample index in {@link Sample#all}
 * @param project from 0
 * @param version from 0 to 9, the project's at that time
 * @param from the first execution of the sample that is in it, from 0
 * @param rows how many executions it has
 */
record Variant(int sample, int project, int version, int from, int rows) {
  /** As long as the name of the program in the sample, so that counts of bytes stay true. */
  static final String[] PROJECTS = {
    "hello", "river", "stone", "maple", "cedar", "otter", "heron", "flint", "amber", "basil",
    "comet", "delta"
  };

  String name() {
    return PROJECTS[project];
  }

  /** Begins the names of its tables. */
  String tables() {
    return "v_" + sample + "_" + project + "_" + version + "_" + from + "_" + rows;
  }
}
