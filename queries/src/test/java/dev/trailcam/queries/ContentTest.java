// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.queries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ContentTest {
  private static final List<String> HEADINGS =
      List.of(
          "## What it sees",
          "## Why it matters",
          "### CI/CD",
          "### Staging",
          "### Production",
          "## What to do",
          "### CI/CD",
          "### Staging",
          "### Production",
          "## What it misses",
          "## Benign causes");

  static List<Path> rules() throws IOException {
    return Surface.files("rules", ".sql");
  }

  static List<String> lists() throws IOException {
    return Surface.files("lists", ".csv").stream()
        .map(list -> list.getFileName().toString().replace(".csv", ""))
        .toList();
  }

  @Test
  void indexNamesEveryResource() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String directory : List.of("prelude", "views", "lists", "rules")) {
      for (Path file : Surface.files(directory, "")) {
        if (Files.isRegularFile(file)) {
          expected.add(Surface.ROOT.relativize(file).toString());
        }
      }
    }
    expected.sort(null);
    assertEquals(expected, Files.readAllLines(Surface.ROOT.resolve("index.txt")));
  }

  @Test
  void indexedResourcesAreOnTheClassPath() throws IOException {
    for (String path : Files.readAllLines(Surface.ROOT.resolve("index.txt"))) {
      try (InputStream resource = getClass().getResourceAsStream("/trailcam/queries/" + path)) {
        assertNotNull(resource, path);
        assertEquals(
            Files.readString(Surface.ROOT.resolve(path)),
            new String(resource.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ruleHasItsMetadata(Path rule) throws IOException {
    Map<?, ?> metadata = metadata(rule);
    assertEquals(name(rule), metadata.get("id"));
    assertTrue((Integer) metadata.get("version") >= 1);
    assertEquals(1, metadata.get("surface"));
    assertTrue(
        Set.of("informational", "low", "medium", "high", "critical")
            .contains(metadata.get("severity")));
    assertTrue(
        Set.of("experimental", "test", "stable", "deprecated").contains(metadata.get("status")));
    for (String key : List.of("title", "description", "attack", "references", "false_positives")) {
      assertNotNull(metadata.get(key), key);
    }
    assertFalse(Files.readString(rule).strip().endsWith(";"), "the engine wraps the SELECT");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ruleHasItsPage(Path rule) throws IOException {
    List<String> lines = Files.readAllLines(rule.resolveSibling(name(rule) + ".md"));
    assertEquals("# " + metadata(rule).get("title"), lines.get(0));
    assertEquals(
        HEADINGS, lines.stream().skip(1).filter(line -> line.matches("#{1,6} .*")).toList());
    assertTrue(Files.exists(rule.resolveSibling(name(rule) + ".cases.yml")));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listIsSortedAndWithoutGaps(String list) throws SQLException, IOException {
    try (Surface surface = Surface.open()) {
      List<String> names = surface.query("SELECT name FROM " + list);
      assertFalse(names.isEmpty());
      assertEquals(names.stream().sorted().distinct().toList(), names);
      assertTrue(names.stream().noneMatch(name -> name.contains("/")), "names are basenames");
      assertEquals(
          List.of(),
          surface.query(
              "SELECT name FROM "
                  + list
                  + " WHERE coalesce(trim(name), '') = '' OR coalesce(trim(tool), '') = ''"
                  + " OR coalesce(trim(purpose), '') = '' OR coalesce(trim(source), '') = ''"));
    }
  }

  /**
   * The lists whose names alone make a finding: one execution shall be one finding with one page.
   * Other lists say what else is known of a program, and it may be on several.
   */
  @Test
  void noToolIsOnTwoLists() throws IOException, SQLException {
    try (Surface surface = Surface.open()) {
      Set<String> seen = new HashSet<>();
      for (String list : List.of("net_mitm_tools", "net_scan_tools", "net_sniff_tools")) {
        for (String name : surface.query("SELECT name FROM " + list)) {
          assertTrue(seen.add(name), name);
        }
      }
    }
  }

  static String name(Path rule) {
    return rule.getFileName().toString().replace(".sql", "");
  }

  private static Map<?, ?> metadata(Path rule) throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (String line : Files.readAllLines(rule)) {
      if (!line.startsWith("-- ")) {
        break;
      }
      if (!line.startsWith("-- SPDX")) {
        yaml.append(line.substring(3)).append('\n');
      }
    }
    return (Map<?, ?>)
        new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
            .loadFromString(yaml.toString());
  }
}
