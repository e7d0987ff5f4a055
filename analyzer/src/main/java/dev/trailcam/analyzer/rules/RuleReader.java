// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes a {@link Rule} of its files, or says everything that is wrong with them at once. */
final class RuleReader {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern LINE = Pattern.compile("\\P{Cc}{1,500}");
  private static final Pattern PROSE = Pattern.compile("[\\P{Cc}\n]{1,4000}");
  private static final Pattern TACTIC = Pattern.compile("TA[0-9]{4}");
  private static final Pattern TECHNIQUE = Pattern.compile("T[0-9]{4}(\\.[0-9]{3})?");
  private static final Pattern SURFACE = Pattern.compile("1");

  private RuleReader() {}

  /**
   * Hands over the problems, and the rule if it can run: one whose page alone is bad still detects
   * what it should, without the page.
   */
  static void read(RuleText text, Consumer<Rule> good, Consumer<RuleProblem> bad) {
    List<RuleProblem> problems = new ArrayList<>();
    Rule rule = null;
    try {
      byte[] bytes = text.sql();
      rule = rule(text, bytes, RuleText.utf8(bytes), problems);
    } catch (CharacterCodingException e) {
      problems.add(new RuleProblem(text.file(), 0, "is no UTF-8 text"));
    } catch (IOException e) {
      problems.add(new RuleProblem(text.file(), 0, "cannot be read: " + e.getMessage()));
    }
    problems.forEach(bad);
    if (rule != null) {
      good.accept(rule);
    }
  }

  private static Rule rule(RuleText text, byte[] bytes, String sql, List<RuleProblem> problems)
      throws IOException {
    RuleHeader header = new RuleHeader(text.file(), sql, problems);
    if (!problems.isEmpty()) {
      return null;
    }
    String id = header.text("id", ID, "lower-case letters, digits and underscores");
    String version = header.text("version", VERSION, "a number from 1");
    String title = header.text("title", LINE, "one line of text");
    String description = header.text("description", PROSE, "a sentence or two");
    Severity severity = header.choice("severity", Severity.values());
    Status status = header.choice("status", Status.values());
    header.text("surface", SURFACE, "1, the version of the views it was written for");
    List<String> tactics = header.list("attack.tactics", TACTIC, "ids such as TA0007");
    List<String> techniques = header.list("attack.techniques", TECHNIQUE, "ids such as T1059.004");
    List<String> references = header.list("references", LINE, "links");
    List<String> falsePositives = header.list("false_positives", LINE, "phrases");
    header.requireNothingElse();
    if (!id.isEmpty() && !id.equals(text.stem())) {
      problems.add(
          new RuleProblem(text.file(), 0, "has the id " + id + ": id and file name must agree"));
    }
    if (!problems.isEmpty()) {
      return null;
    }
    return new Rule(
        id,
        Integer.parseInt(version),
        title,
        description.strip(),
        severity,
        status,
        tactics,
        techniques,
        references,
        falsePositives,
        text.file(),
        sql,
        Sha256.of(bytes),
        page(text, status, problems));
  }

  private static RulePage page(RuleText text, Status status, List<RuleProblem> problems)
      throws IOException {
    Optional<byte[]> bytes = text.page();
    if (bytes.isPresent()) {
      int before = problems.size();
      RulePage page = PageReader.read(text.pageFile(), RuleText.utf8(bytes.get()), problems);
      return problems.size() == before ? page : RulePage.NONE;
    }
    if (status != Status.EXPERIMENTAL) {
      problems.add(
          new RuleProblem(
              text.pageFile(), 0, "is missing: only an experimental rule may lack its page"));
    }
    return RulePage.NONE;
  }
}
