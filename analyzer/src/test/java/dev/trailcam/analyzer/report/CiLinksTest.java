// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trailcam.capture.CiContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CiLinksTest {
  private static final CiLinks PUBLIC = new CiLinks(Optional.empty());
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void github() {
    assertEquals(
        List.of(
            "https://github.com/group/project/commit/" + SHA,
            "https://github.com/group/project/actions/runs/4711",
            "https://github.com/group/project/pull/12"),
        urls(PUBLIC, ci("github", "group/project", SHA, "12/merge", "4711")));
  }

  @Test
  void gitlab() {
    assertEquals(
        List.of(
            "https://gitlab.com/a/b/c/-/commit/" + SHA,
            "https://gitlab.com/a/b/c/-/pipelines/4711",
            "https://gitlab.com/a/b/c/-/merge_requests/3"),
        urls(PUBLIC, ci("gitlab", "a/b/c", SHA, "refs/merge-requests/3/head", "4711")));
  }

  @Test
  void ownServer() {
    assertEquals(
        List.of("http://git.example.org:8080/git/a/b/commit/" + SHA),
        urls(
            CiLinks.of("http://git.example.org:8080/git/"),
            ci("github", "a/b", SHA, "main", "none")));
  }

  @Test
  void unknownProvider_hasNoLinks() {
    assertEquals(List.of(), urls(PUBLIC, ci("generic", "a/b", SHA, "main", "1")));
    assertEquals(List.of(), urls(PUBLIC, ci(null, "a/b", SHA, "main", "1")));
  }

  @Test
  void whatDoesNotLookAsItMust_goesIntoNoAddress() {
    for (String project :
        new String[] {
          null,
          "",
          "a",
          "a/",
          "/a/b",
          "a/../b",
          "a/b?x=1",
          "a/b#c",
          "a/b c",
          "a/b\u202e",
          "@evil/x",
          "a//b",
          "a\\b/c",
          "javascript:alert(1)/x",
          "a/%2e%2e",
          "a/b\n"
        }) {
      assertEquals(List.of(), urls(PUBLIC, ci("github", project, SHA, "1/merge", "1")), project);
    }
    assertEquals(
        List.of(), urls(PUBLIC, ci("github", "a/b", "../../x", "1/merge?x", "1/../../../evil")));
    assertEquals(List.of(), urls(PUBLIC, ci("github", "a/b", null, null, null)));
  }

  @Test
  void server_mustBeHttp() {
    for (String server :
        List.of(
            "javascript:alert(1)",
            "ftp://x",
            "git.example.org",
            "https://",
            "https://u:p@x",
            "https://x/?y",
            "https://x/#y",
            "https://x y")) {
      assertThrows(IllegalArgumentException.class, () -> CiLinks.of(server), server);
    }
  }

  private static CiContext ci(String provider, String project, String sha, String ref, String run) {
    return new CiContext(
        provider, project, sha, ref, "pull_request", "somebody", run, "1", "job", "workflow");
  }

  private static List<String> urls(CiLinks links, CiContext ci) {
    return links.of(ci).stream().map(link -> (String) link.get("url")).toList();
  }
}
