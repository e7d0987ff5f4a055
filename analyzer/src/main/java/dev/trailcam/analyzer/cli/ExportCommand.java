// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.files.PrivateDirectory;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.handover.Bag;
import dev.trailcam.analyzer.handover.Dossier;
import dev.trailcam.analyzer.handover.DossierReader;
import dev.trailcam.analyzer.handover.Handover;
import dev.trailcam.analyzer.handover.HandoverFormat;
import dev.trailcam.analyzer.handover.OcsfRows;
import dev.trailcam.analyzer.handover.Statements;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.ReplayReport;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Hand over what was found, and the evidence, to other programs.",
    description = {
      "",
      "Rules are run over the captures, or with --result a result is used that replay wrote before."
          + " Whatever is missing from the evidence comes first in every format, since a file"
          + " without findings must not look like one of a clean machine.",
      ""
    },
    footer = {
      "",
      "Formats:",
      "  sarif         a result for each finding, for code hosts",
      "  junit         a test for each rule, and one for the evidence, for CI",
      "  csv           a table in which no cell is a formula, for spreadsheets",
      "  timesketch    JSON Lines, an event for each finding",
      "  ecs           JSON Lines, an alert for each finding, for Elasticsearch",
      "  ocsf          JSON Lines, a Detection Finding for each finding, for data lakes",
      "  ocsf-parquet  the same as a Parquet file",
      "  navigator     a layer of the ATT&CK Navigator: the techniques that were found",
      "  in-toto       JSON Lines, an unsigned runtime-trace statement for each capture",
      "  bagit         a directory with the evidence as it is, its hashes, and what was found",
      "Those of Trailcam itself are replay's: json, ndjson, markdown and the table.",
      "",
      "Examples:",
      "  trailcam export --format sarif captures > trailcam.sarif",
      "  trailcam replay --format ndjson captures > result.ndjson",
      "  trailcam export --format timesketch --result result.ndjson > timeline.jsonl",
      "  trailcam export --format ocsf-parquet -o findings.parquet captures",
      "  trailcam export --format in-toto --subject app.tar.gz captures > trace.jsonl",
      "  trailcam export --format bagit -o case-17 runner-7-20261122T040300Z-3f9a1c2e",
      "",
      "Exit codes (3 beats 4):",
      "  0    everything was looked at, and it is handed over",
      ExitCode.USAGE_HELP,
      "  3    a rule or a suppression is broken; what the others found is handed over",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class ExportCommand implements Verb {
  @Mixin private ExportOptions options;

  @Mixin private RulesOption rules;

  @Mixin private SuppressionsOption suppressions;

  @Mixin private RuleEngineArguments engineArguments;

  private final Terminal terminal;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    EngineOptions engineOptions = engineArguments.options();
    try (ProgressLine progress = new ProgressLine(terminal, options.quiet())) {
      Engine engine = new Engine(Version.text(), engineOptions, progress);
      if (options.result() == null) {
        return ofCaptures(engine, engineOptions, progress);
      }
      Dossier dossier = DossierReader.read(options.result());
      write(dossier, engine);
      return told(dossier);
    }
  }

  private int ofCaptures(Engine engine, EngineOptions engineOptions, ProgressLine progress)
      throws IOException {
    List<Statements.Subject> subjects = options.subjects();
    Optional<RuleSet> runnable = rules.runnable(terminal);
    if (runnable.isEmpty()) {
      return ExitCode.RULE;
    }
    try (NamedEvidence evidence = options.open(progress)) {
      ReplayResult result =
          evidence.narrow(engine.replay(evidence.set(), runnable.get(), suppressions.set()));
      Dossier dossier = DossierReader.of(result);
      progress.clear();
      if (options.format() == HandoverFormat.BAGIT || engineOptions.showSecrets()) {
        result.captures().forEach(this::sayRawSecrets);
      }
      switch (options.format()) {
        case BAGIT -> bag(dossier, result, evidence);
        case IN_TOTO ->
            OutputFile.writeTo(
                options.output(),
                terminal,
                (out, toTerminal) ->
                    new Statements(dossier, subjects).write(result.captures(), out));
        case SARIF, JUNIT, CSV, TIMESKETCH, ECS, OCSF, OCSF_PARQUET, NAVIGATOR ->
            write(dossier, engine);
      }
      return told(dossier);
    }
  }

  /** Evidence is handed over as it is. */
  private void sayRawSecrets(Capture capture) {
    if (!ManifestEntry.MASKED.equals(capture.manifest().start().secrets())) {
      terminal.say(
          capture.path()
              + ": was recorded without masking secrets in arguments; what is handed over holds"
              + " them");
    }
  }

  private void write(Dossier dossier, Engine engine) throws IOException {
    if (options.format() == HandoverFormat.OCSF_PARQUET) {
      parquet(dossier, engine);
      return;
    }
    OutputFile.writeTo(
        options.output(),
        terminal,
        (out, toTerminal) -> Handover.write(dossier, options.format(), out));
  }

  private void parquet(Dossier dossier, Engine engine) throws IOException {
    try (PrivateDirectory directory = new PrivateDirectory()) {
      Path lines = directory.path().resolve("rows.jsonl");
      new OutputFile(lines).write(out -> Handover.write(dossier, options.format(), out));
      new OutputFile(options.output())
          .make(target -> engine.parquet(lines, OcsfRows.columns(), target));
    }
  }

  private void bag(Dossier dossier, ReplayResult result, NamedEvidence evidence)
      throws IOException {
    Bag.write(
        options.output(),
        dossier,
        options.captures(),
        evidence.set(),
        evidence.compactions(),
        out -> ReplayReport.write(result, Format.NDJSON, options.style(terminal, false), out));
  }

  /** What a file for programs would hide from people. */
  private int told(Dossier dossier) {
    dossier.gaps().forEach(gap -> terminal.say(gap.place() + ": " + gap.message()));
    if (!dossier.rulesWhole()) {
      return ExitCode.RULE;
    }
    return dossier.complete() ? ExitCode.FINE : ExitCode.EVIDENCE;
  }
}
