// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a GitHub runner takes for commands in the output of a step: actions/runner, ActionCommand.cs
 * and ActionCommandManager.cs. Of both syntaxes, one at the start of a line after white space, one
 * anywhere in it.
 */
public final class WorkflowCommands {
  private static final Pattern SECOND =
      Pattern.compile(
          "^\\s*::(?<command>[^ :]+)( [^:]*)?::(?<data>.*)$", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FIRST =
      Pattern.compile("##\\[(?<command>[^\\] ]+)( [^\\]]*)?\\](?<data>.*)$");

  private WorkflowCommands() {}

  /** The commands that take effect, as {@code name: data}; of the stopped ones, none. */
  public static List<String> in(String log) {
    List<String> commands = new ArrayList<>();
    String resume = null;
    for (String line : log.split("\r\n|\r|\n", -1)) {
      Matcher matcher = SECOND.matcher(line);
      if (!matcher.find()) {
        matcher = FIRST.matcher(line);
        if (!matcher.find()) {
          continue;
        }
      }
      String command = matcher.group("command");
      if (resume != null) {
        resume = command.equals(resume) ? null : resume;
      } else if (command.equals("stop-commands")) {
        resume = matcher.group("data");
      } else {
        commands.add(command + ": " + matcher.group("data"));
      }
    }
    if (resume != null) {
      commands.add("never resumed");
    }
    return commands;
  }
}
