// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page that draws itself, whatever its data is. Its policy lets a browser run this very script
 * and this very style, both known by their hash, and nothing else; and fetch nothing.
 */
final class HtmlPage {
  private static final Pattern PLACE = Pattern.compile("\\{(policy|style|licence|data|script)}");
  private static final List<String> SCRIPTS =
      List.of("page.js", "rows.js", "findings.js", "tree.js", "timeline.js", "main.js");

  private final String template = own("page.html");
  private final String style = own("style.css");
  private final String licence;
  private final String script;

  HtmlPage() {
    String d3 = library("d3");
    licence = packed(d3 + "LICENSE").strip();
    script =
        packed(d3 + "dist/d3.min.js")
            + "\n(() => {\n'use strict';\n"
            + SCRIPTS.stream().map(HtmlPage::own).collect(Collectors.joining("\n"))
            + "})();\n";
  }

  /** Writes the page; the caller flushes. */
  void write(Consumer<PrintWriter> data, PrintWriter out) {
    Map<String, Consumer<PrintWriter>> places =
        Map.of(
            "policy", page -> page.print(policy()),
            "style", page -> page.print(style),
            "licence", page -> page.print(escaped(licence)),
            "data", data,
            "script", page -> page.print(script));
    Matcher place = PLACE.matcher(template);
    int written = 0;
    while (place.find()) {
      out.print(template.substring(written, place.start()));
      places.get(place.group(1)).accept(out);
      written = place.end();
    }
    out.print(template.substring(written));
  }

  private String policy() {
    return "default-src 'none'; script-src '"
        + hash(script)
        + "'; style-src '"
        + hash(style)
        + "'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
        + " trusted-types 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String own(String name) {
    return packed("dev/trailcam/analyzer/report/web/" + name);
  }

  /** Where a library's files are. */
  private static String library(String name) {
    Properties properties = new Properties();
    try (InputStream in = HtmlPage.class.getResourceAsStream("libraries.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("libraries.properties is missing from this build", e);
    }
    return "META-INF/resources/webjars/" + name + "/" + properties.getProperty(name) + "/";
  }

  /** A browser reads line feeds only, and hashes what it has read. */
  private static String packed(String path) {
    try (InputStream in = HtmlPage.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from this build");
      }
      return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    }
  }
}
