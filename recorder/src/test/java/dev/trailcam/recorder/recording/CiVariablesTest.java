// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.capture.CiContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CiVariablesTest {
  @Test
  void github_isReadFromItsVariables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("CI", "true");
    variables.put("GITHUB_ACTIONS", "true");
    variables.put("GITHUB_REPOSITORY", "group/project");
    variables.put("GITHUB_SHA", "2f7e1b9");
    variables.put("GITHUB_REF_NAME", "17/merge");
    variables.put("GITHUB_EVENT_NAME", "pull_request");
    variables.put("GITHUB_ACTOR", "alice");
    variables.put("GITHUB_RUN_ID", "4711");
    variables.put("GITHUB_RUN_ATTEMPT", "2");
    variables.put("GITHUB_JOB", "build");
    variables.put("GITHUB_WORKFLOW", "ci");
    assertEquals(
        new CiContext(
            "github",
            "group/project",
            "2f7e1b9",
            "17/merge",
            "pull_request",
            "alice",
            "4711",
            "2",
            "build",
            "ci"),
        new CiVariables(variables, text -> text).context());
  }

  @Test
  void gitlab_isReadFromItsVariables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("CI", "true");
    variables.put("GITLAB_CI", "true");
    variables.put("CI_PROJECT_PATH", "group/project");
    variables.put("CI_COMMIT_SHA", "2f7e1b9");
    variables.put("CI_COMMIT_REF_NAME", "main");
    variables.put("CI_PIPELINE_SOURCE", "schedule");
    variables.put("GITLAB_USER_LOGIN", "alice");
    variables.put("CI_PIPELINE_ID", "4711");
    variables.put("CI_JOB_NAME", "build");
    assertEquals(
        new CiContext(
            "gitlab",
            "group/project",
            "2f7e1b9",
            "main",
            "schedule",
            "alice",
            "4711",
            null,
            "build",
            null),
        new CiVariables(variables, text -> text).context());
  }

  @Test
  void otherProviders_mayUseOurVariablesOrJenkinsNames() {
    CiContext jenkins =
        new CiVariables(
                Map.of("BUILD_NUMBER", "7", "GIT_COMMIT", "2f7e1b9", "JOB_NAME", "app"),
                text -> text)
            .context();
    assertEquals("generic", jenkins.provider());
    assertEquals("7", jenkins.runId());
    assertEquals("2f7e1b9", jenkins.commitSha());
    assertEquals(
        "ours",
        new CiVariables(
                Map.of("CI", "true", "TRAILCAM_COMMIT_SHA", "ours", "GIT_COMMIT", "x"),
                text -> text)
            .context()
            .commitSha());
  }

  @Test
  void outsideCi_thereIsNone() {
    assertEquals(
        CiContext.NONE,
        new CiVariables(Map.of("GITHUB_SHA", "x", "CI", ""), text -> text).context());
  }

  @Test
  void longValues_areCut() {
    CiContext context =
        new CiVariables(
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_REF_NAME", "x".repeat(5_000)),
                text -> text)
            .context();
    assertEquals(1024, context.refName().length());
  }
}
