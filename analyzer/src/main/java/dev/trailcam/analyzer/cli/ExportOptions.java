// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.handover.HandoverFormat;
import dev.trailcam.analyzer.handover.Statements.Subject;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to hand over, in which format. */
final class ExportOptions extends DisplayOptions {
  private static final List<String> OF_CAPTURES =
      List.of(
          "--rules",
          "--suppressions",
          "--from",
          "--to",
          "--since",
          "--host",
          "--project",
          "--environment");

  @Parameters(paramLabel = "CAPTURE", arity = "0..*", description = CommonOptions.CAPTURES)
  private List<String> captures = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description =
          "sarif, junit, csv, timesketch, ecs, ocsf, ocsf-parquet, navigator, in-toto or bagit.")
  private HandoverFormat format;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description =
          "What replay --format json or ndjson wrote, instead of captures. For in-toto and bagit"
              + " there must be captures.")
  private Path result;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to a new file, or for bagit a new directory; nothing is ever overwritten.")
  private Path output;

  @Option(
      names = "--subject",
      paramLabel = "FILE",
      description =
          "For in-toto: a file that came out of what was recorded, such as a package. May be given"
              + " several times.")
  private List<Path> subjects = new ArrayList<>();

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Mixin private SelectionOptions selection;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  /**
   * Fails early, before the work.
   *
   * @throws ParameterException if options contradict each other or something is in the way
   */
  void check() {
    if ((result == null) == captures.isEmpty()) {
      throw usage("name captures, or with --result what replay wrote, and not both");
    }
    if (result != null) {
      requireNone(OF_CAPTURES);
    }
    if (format.needsEvidence() && result != null) {
      throw usage("--format " + format + " needs the captures themselves, not --result");
    }
    if (format.needsOutput() && output == null) {
      throw usage("--format " + format + " is no text: say with --output where it goes");
    }
    if (format == HandoverFormat.BAGIT && !selection.selection(Instant.EPOCH).all()) {
      throw usage("--format bagit takes all of what is named: name the captures that are wanted");
    }
    if (format != HandoverFormat.IN_TOTO && !subjects.isEmpty()) {
      throw usage("--subject is for --format in-toto alone");
    }
    OutputFile.requireAbsent(output, verb);
  }

  /** An option that would do nothing has to be told, or somebody believes that it did. */
  private void requireNone(List<String> names) {
    for (String name : names) {
      if (verb.commandLine().getParseResult().hasMatchedOption(name)) {
        throw usage(name + " is for captures, and --result names none");
      }
    }
  }

  /** Finds, selects and checks what was named; to be closed when it is not used any more. */
  NamedEvidence open(ProgressLine progress) {
    return NamedEvidence.open(captures, selection.selection(Instant.now()), progress);
  }

  /** The files that were named as subjects, hashed. */
  List<Subject> subjects() throws IOException {
    List<Subject> hashed = new ArrayList<>();
    for (Path file : subjects) {
      if (!Files.isRegularFile(file)) {
        throw new IOException("--subject " + file + ": is no file");
      }
      try (var in = Files.newInputStream(file)) {
        hashed.add(new Subject(file.getFileName().toString(), Sha256.of(in)));
      }
    }
    return hashed;
  }

  List<String> captures() {
    return captures;
  }

  HandoverFormat format() {
    return format;
  }

  /** A saved result, or null for captures. */
  Path result() {
    return result;
  }

  /** Where to write, or null for standard output. */
  Path output() {
    return output;
  }

  boolean quiet() {
    return quiet;
  }

  private ParameterException usage(String message) {
    return new ParameterException(verb.commandLine(), message);
  }
}
