// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CiContext;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads the CI context from the environment variables that providers set for their jobs. */
final class CiVariables {
  private static final int MAX_CHARS = 1024;

  private final Map<String, String> variables;
  private final UnaryOperator<String> discreet;

  /**
   * @param discreet takes the secrets out of a value: a repository's address may have one
   */
  CiVariables(Map<String, String> variables, UnaryOperator<String> discreet) {
    this.variables = variables;
    this.discreet = discreet;
  }

  /** The context, or {@link CiContext#NONE} outside CI. */
  CiContext context() {
    if (isTrue("GITHUB_ACTIONS")) {
      return github();
    }
    if (isTrue("GITLAB_CI")) {
      return gitlab();
    }
    return isTrue("CI") || value("BUILD_NUMBER") != null ? generic() : CiContext.NONE;
  }

  /** docs.github.com: variables reference of GitHub Actions. */
  private CiContext github() {
    return new CiContext(
        "github",
        value("GITHUB_REPOSITORY"),
        value("GITHUB_SHA"),
        value("GITHUB_REF_NAME"),
        value("GITHUB_EVENT_NAME"),
        value("GITHUB_ACTOR"),
        value("GITHUB_RUN_ID"),
        value("GITHUB_RUN_ATTEMPT"),
        value("GITHUB_JOB"),
        value("GITHUB_WORKFLOW"));
  }

  /** docs.gitlab.com: predefined CI/CD variables. GitLab numbers no attempts. */
  private CiContext gitlab() {
    return new CiContext(
        "gitlab",
        value("CI_PROJECT_PATH"),
        value("CI_COMMIT_SHA"),
        value("CI_COMMIT_REF_NAME"),
        value("CI_PIPELINE_SOURCE"),
        value("GITLAB_USER_LOGIN"),
        value("CI_PIPELINE_ID"),
        null,
        value("CI_JOB_NAME"),
        value("CI_PIPELINE_NAME"));
  }

  /** Our own variables first, then the names that Jenkins made common. */
  private CiContext generic() {
    return new CiContext(
        "generic",
        first("TRAILCAM_PROJECT_PATH", "GIT_URL"),
        first("TRAILCAM_COMMIT_SHA", "GIT_COMMIT"),
        first("TRAILCAM_REF_NAME", "BRANCH_NAME", "GIT_BRANCH"),
        first("TRAILCAM_TRIGGER"),
        first("TRAILCAM_ACTOR", "BUILD_USER_ID"),
        first("TRAILCAM_RUN_ID", "BUILD_ID", "BUILD_NUMBER"),
        first("TRAILCAM_RUN_ATTEMPT"),
        first("TRAILCAM_JOB", "STAGE_NAME"),
        first("TRAILCAM_WORKFLOW", "JOB_NAME"));
  }

  private boolean isTrue(String name) {
    return "true".equalsIgnoreCase(variables.get(name));
  }

  private String first(String... names) {
    for (String name : names) {
      String value = value(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The value, or null when unset or empty; cut, since whoever triggers a run chooses some. */
  private String value(String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    String masked = discreet.apply(value);
    return masked.length() <= MAX_CHARS ? masked : masked.substring(0, MAX_CHARS);
  }
}
