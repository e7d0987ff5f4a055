// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.files.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that appears whole or not at all, and never in the place of another. */
final class OutputFile {
  private final Path target;

  OutputFile(Path target) {
    this.target = target;
  }

  /**
   * Fails early, before the work.
   *
   * @param output what {@code --output} says, or null
   * @throws ParameterException if it cannot be written
   */
  static void requireAbsent(Path output, CommandSpec verb) {
    if (output == null) {
      return;
    }
    String problem;
    try {
      new OutputFile(output).requireAbsent();
      return;
    } catch (FileAlreadyExistsException e) {
      problem = output + " exists already; remove it or choose another name";
    } catch (IOException e) {
      problem = e.getMessage();
    }
    throw new ParameterException(verb.commandLine(), "--output: " + problem);
  }

  /** Writes a report to a file, or where there is none to standard output. */
  static void writeTo(Path output, Terminal terminal, Report report) throws IOException {
    if (output == null) {
      report.write(terminal.out(), terminal.outIsTerminal());
    } else {
      new OutputFile(output).write(out -> report.write(out, false));
    }
  }

  /** What is to be written. */
  @FunctionalInterface
  interface Report {
    /**
     * Writes it whole.
     *
     * @param toTerminal whether a person sees it as it is
     */
    void write(PrintWriter out, boolean toTerminal);
  }

  /**
   * Fails early, before the work.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   */
  void requireAbsent() throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (!Files.isDirectory(directory())) {
      throw new IOException(directory() + " is no directory");
    }
  }

  /**
   * Writes what the content writes.
   *
   * @throws FileAlreadyExistsException if something of that name came up meanwhile
   */
  void write(Consumer<PrintWriter> content) throws IOException {
    make(
        temporary -> {
          try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(temporary, UTF_8))) {
            content.accept(out);
            if (out.checkError()) {
              throw new IOException("could not be written whole");
            }
          }
        });
  }

  /** What makes a file that is no text. */
  @FunctionalInterface
  interface Maker {
    /** Fills a file that is empty. */
    void fill(Path temporary) throws IOException;
  }

  /**
   * Lets somebody write it under a name of its own first.
   *
   * @throws FileAlreadyExistsException if something of that name came up meanwhile
   */
  void make(Maker maker) throws IOException {
    Path temporary = Files.createTempFile(directory(), ".trailcam-", ".tmp");
    Thread onInterrupt = new Thread(() -> delete(temporary));
    try {
      Runtime.getRuntime().addShutdownHook(onInterrupt);
      maker.fill(temporary);
      Shutdown.requireGoingOn();
      publish(temporary);
    } catch (NoSuchFileException e) {
      Shutdown.requireGoingOn(); // else the hook was faster
      throw e;
    } finally {
      delete(temporary);
      try {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      } catch (IllegalStateException e) {
        // The hook is at work; what it deletes is deleted.
      }
    }
  }

  /** A rename would replace what is there; a second name for the file cannot. */
  private void publish(Path temporary) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException e) {
      Files.move(temporary, target);
    }
  }

  private Path directory() {
    Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // A leftover with a telling name; the result does not depend on it.
    }
  }
}
