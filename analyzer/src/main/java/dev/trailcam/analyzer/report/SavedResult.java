// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.comparison.CaptureState;
import dev.trailcam.analyzer.comparison.Hit;
import dev.trailcam.analyzer.comparison.RuleVersion;
import dev.trailcam.analyzer.comparison.Side;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Reads back what {@code replay --format json} or {@code ndjson} wrote. */
public final class SavedResult {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String file;
  private final List<Hit> hits = new ArrayList<>();
  private JsonNode summary;

  private SavedResult(String file) {
    this.file = file;
  }

  /**
   * The result in a file.
   *
   * @throws IOException if it cannot be read, is none, or was cut; the message names the file
   */
  public static Side read(Path path) throws IOException {
    SavedResult result = new SavedResult(path.toString());
    try (MappingIterator<JsonNode> documents =
        MAPPER.readerFor(JsonNode.class).readValues(Files.newBufferedReader(path))) {
      while (documents.hasNext()) {
        result.document(documents.next());
      }
      return result.side();
    } catch (JacksonException | CharacterCodingException e) {
      throw new IOException(path + ": is no saved result, or was cut: it is no valid JSON", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": is no saved result of replay: " + e.getMessage(), e);
    }
  }

  private void document(JsonNode document) {
    String type = document.path("type").asString("");
    if (type.equals("finding")) {
      hits.add(hit(document));
    } else if (type.equals("summary")) {
      summary = document;
    } else if (type.isEmpty()) {
      elements(document, "findings").forEach(finding -> hits.add(hit(finding)));
      summary = required(document, "summary");
    }
    // Lines of other types say more than what is compared.
  }

  private Side side() throws IOException {
    if (summary == null) {
      throw new IOException(file + ": has no summary: it was cut, or is no saved result");
    }
    if (number(summary, "findings") != hits.size()) {
      throw new IOException(
          file
              + ": holds "
              + hits.size()
              + " findings, and its summary says "
              + number(summary, "findings")
              + ": it was cut or altered");
    }
    List<String> problems = new ArrayList<>();
    elements(summary, "unreadable").forEach(problem -> problems.add(sentence(problem)));
    for (JsonNode capture : elements(summary, "captures")) {
      elements(capture, "problems").forEach(problem -> problems.add(sentence(problem)));
    }
    return new Side(
        file,
        number(summary, "executions"),
        elements(summary, "captures").stream().map(SavedResult::capture).toList(),
        required(summary, "evidence_complete").asBoolean(false),
        problems,
        elements(summary, "rules").stream().map(SavedResult::rule).toList(),
        elements(summary, "rule_problems").stream().map(SavedResult::ruleProblem).toList(),
        hits,
        new TreeMap<>(),
        text(summary, "tool") + ", " + text(summary, "engine"));
  }

  private static Hit hit(JsonNode finding) {
    JsonNode rule = required(finding, "rule");
    JsonNode process = required(finding, "process");
    JsonNode argv = process.path("argv");
    return new Hit(
        text(finding, "finding_id"),
        text(rule, "id"),
        // A result from before rules could lower it has only the rule's.
        text(finding.has("severity") ? finding : rule, "severity"),
        text(finding, "reason"),
        text(finding, "exec_id"),
        number(finding, "ts_ns"),
        text(finding, "host"),
        text(finding, "capture_id"),
        process.path("program").isString() ? process.path("program").stringValue() : null,
        argv.isArray()
            ? elements(process, "argv").stream().map(a -> a.asString("")).toList()
            : null);
  }

  private static CaptureState capture(JsonNode capture) {
    return new CaptureState(
        text(capture, "capture_id"),
        text(capture, "path"),
        text(capture, "head_sha256"),
        text(capture, "state").equals("whole"));
  }

  private static RuleVersion rule(JsonNode rule) {
    return new RuleVersion(text(rule, "id"), (int) number(rule, "version"), text(rule, "sha256"));
  }

  private static RuleProblem ruleProblem(JsonNode problem) {
    int line = problem.path("line").isNumber() ? (int) number(problem, "line") : 0;
    return new RuleProblem(text(problem, "file"), line, text(problem, "message"));
  }

  private static String sentence(JsonNode problem) {
    return text(problem, "path") + ": " + text(problem, "message");
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return value;
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = required(node, name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return value.stringValue();
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = required(node, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is no whole number");
    }
    return value.longValue();
  }

  private static List<JsonNode> elements(JsonNode node, String name) {
    JsonNode value = required(node, name);
    if (!value.isArray()) {
      throw new IllegalArgumentException(name + " is no list");
    }
    return StreamSupport.stream(value.spliterator(), false).toList();
  }
}
