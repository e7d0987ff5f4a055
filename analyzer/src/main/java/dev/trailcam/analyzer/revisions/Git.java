// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The git program, started with an array of arguments and never through a shell. A repository may
 * come from a stranger, its configuration as well: only commands are used that read objects and
 * neither check anything out nor apply filters, and what its configuration could make even those
 * start (hooks, a monitor of files, a pager, a transfer of missing objects) is overruled.
 */
final class Git {
  private static final List<String> OPTIONS =
      List.of(
          "--no-pager",
          "--no-replace-objects",
          "--no-optional-locks",
          "--literal-pathspecs",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "protocol.allow=never",
          "-c",
          "safe.bareRepository=explicit");
  // The user's own choice of configuration stays; what names another repository goes.
  private static final Set<String> KEPT =
      Set.of(
          "GIT_CONFIG_GLOBAL",
          "GIT_CONFIG_SYSTEM",
          "GIT_CONFIG_NOSYSTEM",
          "GIT_CEILING_DIRECTORIES",
          "GIT_EXEC_PATH");
  private static final int MAX_MESSAGE = 4096;

  private final Path directory;

  Git(Path directory) {
    this.directory = directory;
  }

  /**
   * What a command prints.
   *
   * @param limit bytes it may print at most
   * @throws RevisionException if it fails; holds what git says
   */
  byte[] run(int limit, String... arguments) throws RevisionException {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(OPTIONS);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("GIT_") && !KEPT.contains(name));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_NO_LAZY_FETCH", "1");
    try {
      return run(builder.start(), limit);
    } catch (IOException e) {
      throw new RevisionException("git cannot be run: " + e.getMessage());
    }
  }

  private static byte[] run(Process process, int limit) throws IOException, RevisionException {
    process.getOutputStream().close();
    StringBuilder message = new StringBuilder();
    Thread listener = daemon(() -> listen(process, message));
    try (InputStream out = process.getInputStream()) {
      byte[] printed = out.readNBytes(limit);
      if (printed.length == limit && out.read() >= 0) {
        throw new RevisionException("git prints more than " + limit + " bytes");
      }
      int code = process.waitFor();
      listener.join();
      if (code != 0) {
        throw new RevisionException(message.toString().strip().replaceFirst("^fatal: ", ""));
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void listen(Process process, StringBuilder message) {
    try (InputStream err = process.getErrorStream()) {
      message.append(new String(err.readNBytes(MAX_MESSAGE), UTF_8));
      err.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      message.append("and its message cannot be read: ").append(e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "git");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
