// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.engine.QuerySession;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.query.QueryRows;
import dev.trailcam.analyzer.report.ParquetRows;
import dev.trailcam.analyzer.report.ResultCsv;
import dev.trailcam.analyzer.report.ResultJson;
import dev.trailcam.analyzer.report.ResultTable;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Ask captures a question of your own in SQL.",
    description = {
      "",
      "One SELECT over the views that rules are written against, with their words and all of"
          + " DuckDB's functions; or, on a terminal and without a query, as many as you type. A"
          + " query reads these views and lists and nothing else: no file, no network, no setting.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam sql captures 'SELECT exe, count(*) FROM execs GROUP BY exe ORDER BY 2 DESC'",
      "  trailcam sql -f csv -o roots.csv captures 'SELECT ts, argv FROM execs WHERE uid = 0'",
      "  trailcam sql --file question.sql -f ndjson captures | jq .exe",
      "  trailcam sql captures",
      "",
      "Exit codes:",
      "  0    the query ran over everything",
      "  2    usage; the query must not run, or failed",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class SqlCommand implements Verb {
  @Mixin private DisplayOptions common;

  @Mixin private SqlQuery asked;

  @Mixin private SelectionOptions selection;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, csv, json (an array of objects), ndjson (one object per line) or parquet (with"
              + " --output). Default: table.")
  private SqlFormat format;

  @Option(
      names = "--raw",
      description =
          "In CSV, texts as they were recorded. Otherwise what a spreadsheet would take for a"
              + " formula begins with an apostrophe, and control characters are escaped.")
  private boolean raw;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Mixin private EngineArguments engineArguments;

  @Mixin private SecretsOption secrets;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  SqlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions options = engineArguments.options().showingSecrets(secrets.shown());
    OutputFile.requireAbsent(output, spec);
    if (format == SqlFormat.PARQUET && output == null) {
      throw new ParameterException(spec.commandLine(), "--format parquet needs --output FILE");
    }
    boolean typed = terminal.outIsTerminal() && Terminal.inIsTerminal() && output == null;
    Optional<String> query = asked.text(System.in, typed);
    Selection selected = selection.selection(Instant.now());
    try (QuerySession session = open(options, selected, query)) {
      sayThatRowsAreWhole(selected);
      boolean whole = whole(session.captures(), session.unreadable());
      if (query.isPresent()) {
        write(session, query.get(), options);
      } else {
        new TypedQueries(terminal).run(session, common.style(terminal, true));
      }
      return whole ? ExitCode.FINE : ExitCode.EVIDENCE;
    } catch (QueryException e) {
      terminal.out().flush();
      terminal.say(e.getMessage());
      return ExitCode.USAGE;
    }
  }

  /** Once everything is read, the evidence itself is not needed any more. */
  private QuerySession open(EngineOptions options, Selection selected, Optional<String> query)
      throws QueryException {
    try (ProgressLine progress = new ProgressLine(terminal, quiet);
        NamedEvidence evidence = NamedEvidence.open(asked.captures(), selected, progress)) {
      evidence.sayLeftOut(terminal);
      return new Engine(Version.text(), options, progress)
          .ask(evidence.set(), RuleSurface.packed(), query);
    }
  }

  /** Other verbs leave out what happened at another time; a query can say so itself. */
  private void sayThatRowsAreWhole(Selection selected) {
    if (!quiet && (selected.from().isPresent() || selected.to().isPresent())) {
      terminal.say(
          "--from, --to and --since choose captures here; say WHERE ts >= '...' to choose rows");
    }
  }

  /** Says what is missing, before any row. */
  private boolean whole(List<Capture> captures, List<EvidenceProblem> unreadable) {
    List<EvidenceProblem> problems =
        Stream.concat(
                unreadable.stream(),
                captures.stream().flatMap(capture -> capture.problems().stream()))
            .sorted()
            .toList();
    if (!problems.isEmpty()) {
      terminal.say("the evidence is incomplete: a row that is not there may be what is missing");
    }
    terminal.say(problems);
    return problems.isEmpty() && captures.stream().allMatch(Capture::whole);
  }

  private void write(QuerySession session, String query, EngineOptions options)
      throws IOException, QueryException {
    SqlAnswer answer = new SqlAnswer(session, query);
    if (format == SqlFormat.PARQUET) {
      answer.parquet(output, new Engine(Version.text(), options, Progress.NONE));
    } else if (output != null) {
      answer.write(output, out -> rows(out, false));
    } else {
      session.run(query, rows(terminal.out(), terminal.outIsTerminal()));
    }
  }

  private QueryRows rows(PrintWriter out, boolean toTerminal) {
    return switch (format) {
      case TABLE -> new ResultTable(out, common.style(terminal, toTerminal), toTerminal);
      case CSV -> new ResultCsv(out, raw);
      case JSON -> new ResultJson(out, false);
      case NDJSON -> new ResultJson(out, true);
      case PARQUET -> new ParquetRows(out);
    };
  }
}
