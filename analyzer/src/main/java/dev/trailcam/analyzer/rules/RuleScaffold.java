// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files a new rule begins with. They are sound, and the rule selects nothing yet, so that its
 * first case fails until somebody has written it.
 */
public final class RuleScaffold {
  /** What ids look like. */
  public static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  private RuleScaffold() {}

  /**
   * The content of each file by its name.
   *
   * @param id the rule's id, which must look like {@link #ID}
   * @param tactic a tactic of ATT&CK
   * @param techniques techniques of ATT&CK, maybe none
   */
  public static Map<String, String> files(
      String id, AttackCatalogue.Entry tactic, List<AttackCatalogue.Entry> techniques) {
    String title = Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('_', ' ');
    Map<String, String> files = new LinkedHashMap<>();
    files.put(id + ".sql", sql(id, title, tactic, techniques));
    files.put(id + ".md", PAGE.replace("TITLE", title));
    files.put(id + ".cases.yml", CASES);
    return files;
  }

  private static String sql(
      String id,
      String title,
      AttackCatalogue.Entry tactic,
      List<AttackCatalogue.Entry> techniques) {
    List<String> references = new ArrayList<>();
    references.add("--   - https://attack.mitre.org/tactics/" + tactic.id() + "/\n");
    for (AttackCatalogue.Entry technique : techniques) {
      String path = technique.id().replace('.', '/');
      references.add("--   - https://attack.mitre.org/techniques/" + path + "/\n");
    }
    return SQL.replace("RULE_ID", id)
        .replace("TITLE", title)
        .replace("TACTIC", tactic.id())
        .replace("TECHNIQUES", String.join(", ", techniques.stream().map(t -> t.id()).toList()))
        .replace("REFERENCES\n", String.join("", references));
  }

  private static final String SQL =
      """
      -- id: RULE_ID
      -- version: 1
      -- title: TITLE
      -- description: >-
      --   Say in a sentence or two what the rule looks for.
      -- severity: medium
      -- status: experimental
      -- attack:
      --   tactics: [TACTIC]
      --   techniques: [TECHNIQUES]
      -- surface: 1
      -- references:
      REFERENCES
      -- false_positives:
      --   - Say what else may cause a finding, one phrase each.
      SELECT
        e.exec_id,
        'The program ' || e.exe || ' was executed.' AS reason
      FROM execs AS e
      -- Nothing is found until this says what makes an execution suspicious.
      WHERE has_arg(e.program_names, 'name-of-the-program') AND 1 = 0
      """;

  private static final String PAGE =
      """
      # TITLE

      ## What it sees

      Say what the event means to somebody who has never heard of it.

      ## Why it matters

      Say what whoever does this is after.

      ### CI/CD

      Say what it means in a job of a pipeline.

      ### Staging

      Say what it means on a staging machine.

      ### Production

      Say what it means on a production machine.

      ## What to do

      ### CI/CD

      1. Say what to look at first.

      ### Staging

      1. Say what to look at first.

      ### Production

      1. Say what to look at first.

      ## What it misses

      * A copy of the program under another name.

      ## Benign causes

      * Say who does this legitimately, and how to tell.
      """;

  private static final String CASES =
      """
      # Each case is a sentence and the columns that matter. See docs/writing-rules.md.
      fires:
        - case: started by name
          exec: {exe: /usr/bin/name-of-the-program, filename: /usr/bin/name-of-the-program, argv: [name-of-the-program]}
      silent:
        - case: reading its manual
          exec: {exe: /usr/bin/man, filename: /usr/bin/man, argv: [man, name-of-the-program]}
      known_misses:
        - case: a copy under another name
          exec: {exe: /tmp/x/other, filename: ./other, argv: [./other]}
      """;
}
