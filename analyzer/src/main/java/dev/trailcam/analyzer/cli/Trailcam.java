// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.BrokenSurfaceException;
import dev.trailcam.analyzer.engine.EngineException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line as a whole: verbs, and what becomes of errors. */
@Command(
    name = "trailcam",
    header = "Replay captures of program executions through detection rules.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "trailcam VERB --help says more, with examples and exit codes."})
final class Trailcam implements Runnable {
  private final CommandLine commandLine;

  private Trailcam(Terminal terminal) {
    commandLine =
        new CommandLine(this)
            .addSubcommand(new ReplayCommand(terminal))
            .addSubcommand(new HuntCommand(terminal))
            .addSubcommand(new TreeCommand(terminal))
            .addSubcommand(new TimelineCommand(terminal))
            .addSubcommand(new InspectCommand(terminal))
            .addSubcommand(new SqlCommand(terminal))
            .addSubcommand(new ReportCommand(terminal))
            .addSubcommand(new VerifyCommand(terminal))
            .addSubcommand(new CompactCommand(terminal))
            .addSubcommand(new ExportCommand(terminal))
            .addSubcommand(new DiffCommand(terminal))
            .addSubcommand(new CompareCommand(terminal))
            .addSubcommand(new ExplainCommand(terminal))
            .addSubcommand(new TestCommand(terminal))
            .addSubcommand(RulesCommand.commandLine(terminal));
  }

  /** The verbs with their options, as help and shell completion know them. */
  static CommandLine commandLine(Terminal terminal) {
    return new Trailcam(terminal).commandLine;
  }

  /** Runs the command line and flushes what it wrote; the result is the exit code. */
  static int run(Terminal terminal, String... arguments) {
    boolean colors = terminal.outIsTerminal() && !terminal.noColor();
    CommandLine commandLine =
        commandLine(terminal)
            .setCaseInsensitiveEnumValuesAllowed(true)
            // A file called @list must not be read as arguments.
            .setExpandAtFiles(false)
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setUsageHelpWidth(terminal.columns())
            .setColorScheme(Help.defaultColorScheme(colors ? Help.Ansi.ON : Help.Ansi.OFF))
            .setParameterExceptionHandler((e, args) -> usage(terminal, e))
            .setExecutionExceptionHandler((e, line, parsed) -> failed(terminal, e, parsed));
    int code;
    try {
      code = commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      // The virtual machine would end with 1, which says that something was found.
      terminal.say(EngineException.ofFullHeap(e).getMessage());
      code = ExitCode.EVIDENCE;
    }
    terminal.out().flush();
    terminal.err().flush();
    if (terminal.out().checkError() && code == ExitCode.FINE) {
      terminal.say("the output could not be written whole");
      return ExitCode.EVIDENCE;
    }
    return code;
  }

  /** Called when no verb was given. */
  @Override
  public void run() {
    throw new ParameterException(commandLine, "which verb?");
  }

  private static int usage(Terminal terminal, ParameterException e) {
    terminal.say(e.getMessage());
    terminal.say("try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Terminal terminal, Exception e, ParseResult parsed) {
    if (e instanceof CancellationException || ending(e)) {
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof BrokenSurfaceException) {
      terminal.say(e.getMessage());
      return ExitCode.RULE;
    }
    boolean expected = e instanceof EngineException || e instanceof IOException;
    terminal.say(expected ? e.getMessage() : "this should not have happened: " + e);
    if (verb(parsed).common().stacktrace()) {
      e.printStackTrace(terminal.err());
    } else if (!expected) {
      terminal.say("--stacktrace shows where; please report it");
    }
    return ExitCode.EVIDENCE;
  }

  /** Whoever wants to be told of an interrupt when it has come already gets this. */
  private static boolean ending(Exception e) {
    return e instanceof IllegalStateException && "Shutdown in progress".equals(e.getMessage());
  }

  private static Verb verb(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return (Verb) innermost.commandSpec().userObject();
  }
}
