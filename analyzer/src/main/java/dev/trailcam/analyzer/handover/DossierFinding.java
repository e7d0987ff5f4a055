// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule that holds for an execution, as it is handed over. All text may be hostile; what was not
 * known is null.
 *
 * @param id the same in every run
 * @param severity the rule's, or less
 * @param reason the rule's words for this execution
 * @param incident what it belongs to
 * @param execId the execution
 * @param tsNs nanoseconds since 1970
 * @param environment ci, staging, production or null
 * @param ci what is known of the CI run, by the names of the JSON; empty outside CI
 * @param guidance what to do, by environment
 * @param captureId the capture that holds it
 * @param segment the file within that
 * @param segmentSha256 hash of the file
 * @param suppression why it is legitimate use; empty where nobody said so
 */
record DossierFinding(
    String id,
    RuleIdentity rule,
    Severity severity,
    String reason,
    String incident,
    String execId,
    long tsNs,
    String host,
    String environment,
    Map<String, String> ci,
    Executed process,
    Map<String, String> guidance,
    String captureId,
    String segment,
    String segmentSha256,
    Optional<Suppressed> suppression) {

  /** The rule as it was when it found this. */
  record RuleIdentity(
      String id, long version, String title, List<String> tactics, List<String> techniques) {}

  /** What was executed; see {@link dev.trailcam.analyzer.findings.Execution}. */
  record Executed(
      long pid,
      String program,
      List<String> argv,
      boolean argvTruncated,
      String cwd,
      long uid,
      long euid,
      Long loginUid,
      String containerId,
      String parentProgram,
      List<String> parentArgv,
      List<Ancestor> ancestors) {

    /** The arguments as one would type them, or what else is known; a question mark for nothing. */
    String command() {
      return command(argv, program);
    }

    /** The same of the parent; null where nothing is known of it. */
    String parentCommand() {
      return parentArgv == null && parentProgram == null
          ? null
          : command(parentArgv, parentProgram);
    }

    private static String command(List<String> argv, String program) {
      if (argv != null && !argv.isEmpty()) {
        return TerminalText.shell(argv);
      }
      return program == null ? "?" : TerminalText.plain(program);
    }

    /** The last part of a path, or null for what is not known. */
    static String name(String program) {
      return program == null ? null : program.substring(program.lastIndexOf('/') + 1);
    }
  }

  /** One of a process's ancestors. */
  record Ancestor(long pid, String comm, String program) {}

  /** Who says that it is legitimate, and why. */
  record Suppressed(String id, String owner, String reason) {}

  /** Whether somebody has to look at it. */
  boolean open() {
    return suppression.isEmpty();
  }

  /** From 1 for what only informs to 5 for what is critical. */
  int severityNumber() {
    return switch (severity) {
      case INFORMATIONAL -> 1;
      case LOW -> 2;
      case MEDIUM -> 3;
      case HIGH -> 4;
      case CRITICAL -> 5;
    };
  }

  /** One line for people, fit to be shown. */
  String headline() {
    return TerminalText.plain(rule.title()) + ": " + process.command();
  }
}
