// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.ProbeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one sentence that names the subject and the next move. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The recorder itself could not do its work; the statuses below it belong to the command. */
  static final int STATUS = 125;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof ProbeException) {
      err.println("trailcam: " + e.getMessage());
    } else if (e instanceof IOException io) {
      err.println("trailcam: " + sentence(io));
    } else {
      // A mistake of ours; whoever reports it needs all of it.
      err.println("trailcam: this should not happen: " + e);
      e.printStackTrace(err);
    }
    err.flush();
    return STATUS;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("trailcam: " + e.getMessage());
    command
        .getErr()
        .println("trailcam: try: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String sentence(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied; choose another directory with -o";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + ": is in the way; choose another directory with -o";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": cannot be made there; choose another directory with -o";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
