// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * The CI run a capture was recorded in. Every part may be null: not every provider tells it.
 *
 * @param provider github, gitlab or generic
 * @param projectPath repository, such as group/project
 * @param commitSha commit that was built
 * @param refName branch or tag
 * @param trigger what started the run
 * @param actor account that started it
 * @param runId id of the run or pipeline
 * @param runAttempt attempt, from 1
 * @param job job within the run
 * @param workflow workflow or pipeline name
 */
public record CiContext(
    String provider,
    String projectPath,
    String commitSha,
    String refName,
    String trigger,
    String actor,
    String runId,
    String runAttempt,
    String job,
    String workflow) {

  /** Outside CI. */
  public static final CiContext NONE =
      new CiContext(null, null, null, null, null, null, null, null, null, null);
}
