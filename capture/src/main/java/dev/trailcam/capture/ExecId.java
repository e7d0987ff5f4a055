// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * The ids of executions, processes and findings: the same on every machine and in every run, since
 * they depend on facts of the kernel alone. The SQL views compute the same values; a test holds the
 * two together.
 */
public final class ExecId {
  private static final int HEX_DIGITS = 32;

  private ExecId() {}

  /**
   * Id of one execution: the first 128 bits of SHA-256 over {@code boot_id|pid|start|exec}, as 32
   * hexadecimal digits.
   *
   * @param startBootNs when the process was forked, nanoseconds since boot
   * @param bootNs when it executed the program, nanoseconds since boot
   */
  public static String execution(String bootId, int pid, long startBootNs, long bootNs) {
    return shortHash(bootId + "|" + pid + "|" + startBootNs + "|" + bootNs);
  }

  /** Id of a process, {@code boot_id:pid:start}: unlike a pid it is never used again. */
  public static String process(String bootId, int pid, long startBootNs) {
    return bootId + ":" + pid + ":" + startBootNs;
  }

  /** Id of a finding: the same rule on the same execution always has the same id. */
  public static String finding(String ruleId, String execId) {
    return shortHash(ruleId + "|" + execId);
  }

  private static String shortHash(String text) {
    return Sha256.of(text).substring(0, HEX_DIGITS);
  }
}
