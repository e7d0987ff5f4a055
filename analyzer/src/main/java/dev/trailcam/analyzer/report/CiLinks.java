// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.capture.CiContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages of the CI server about a run. A capture does not say which server that was, only of which
 * provider; what it says goes into an address only where it looks as it must.
 *
 * @param server where the pages are, such as {@code https://git.example.org}; empty for the
 *     provider's public one
 */
public record CiLinks(Optional<URI> server) {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
  private static final Pattern PULL =
      Pattern.compile("(?:refs/pull/)?([1-9][0-9]{0,9})/(?:merge|head)");
  private static final Pattern MERGE_REQUEST =
      Pattern.compile("refs/merge-requests/([1-9][0-9]{0,9})/(?:merge|head)");

  /**
   * The server of that address.
   *
   * @throws IllegalArgumentException if it is not http or https with a host and perhaps a path
   */
  public static CiLinks of(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no address", e);
    }
    boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!http
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException("must be http or https, a host, and perhaps a path");
    }
    return new CiLinks(Optional.of(uri));
  }

  /** A link: what it leads to, its address, and the host of that. */
  List<Map<String, Object>> of(CiContext ci) {
    List<Map<String, Object>> links = new ArrayList<>();
    Optional<URI> base = base(ci);
    if (base.isEmpty() || !path(ci.projectPath())) {
      return links;
    }
    boolean gitlab = "gitlab".equals(ci.provider());
    String project =
        base.get().toASCIIString().replaceFirst("/+$", "")
            + "/"
            + ci.projectPath()
            + (gitlab ? "/-" : "");
    String host = base.get().getRawAuthority().toLowerCase(Locale.ROOT);
    if (fits(COMMIT, ci.commitSha())) {
      links.add(link("Commit page", project + "/commit/" + ci.commitSha(), host));
    }
    if (fits(NUMBER, ci.runId())) {
      links.add(
          link(
              "Run page",
              project + (gitlab ? "/pipelines/" : "/actions/runs/") + ci.runId(),
              host));
    }
    Matcher change =
        (gitlab ? MERGE_REQUEST : PULL).matcher(ci.refName() == null ? "" : ci.refName());
    if (change.matches()) {
      links.add(
          gitlab
              ? link("Merge request", project + "/merge_requests/" + change.group(1), host)
              : link("Pull request", project + "/pull/" + change.group(1), host));
    }
    return links;
  }

  private Optional<URI> base(CiContext ci) {
    if ("github".equals(ci.provider())) {
      return Optional.of(server.orElse(URI.create("https://github.com")));
    }
    if ("gitlab".equals(ci.provider())) {
      return Optional.of(server.orElse(URI.create("https://gitlab.com")));
    }
    return Optional.empty();
  }

  private static boolean path(String project) {
    if (project == null || project.length() > 500 || project.indexOf('/') < 0) {
      return false;
    }
    for (String segment : project.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Pattern pattern, String text) {
    return text != null && pattern.matcher(text).matches();
  }

  private static Map<String, Object> link(String to, String url, String host) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("to", to);
    link.put("url", url);
    link.put("host", host);
    return link;
  }
}
