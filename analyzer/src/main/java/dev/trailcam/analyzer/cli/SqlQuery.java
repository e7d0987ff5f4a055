// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which captures are asked, and what: the arguments of {@code sql}. */
final class SqlQuery {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern QUERY =
      Pattern.compile("(?is)\\s*(?:--.*|/\\*.*|\\(.*|(?:SELECT|WITH|FROM|VALUES|PIVOT)\\b.*\\s.*)");

  @Parameters(
      paramLabel = "CAPTURE",
      arity = "1..*",
      description = {
        CommonOptions.CAPTURES,
        "The last may be the query: one SELECT, WITH or FROM in quotes."
      })
  private List<String> arguments;

  @Option(
      names = {"-c", "--command"},
      paramLabel = "QUERY",
      description = "The query, where it is not the last argument.")
  private String command;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "File with the query, at most 1 MiB of UTF-8.")
  private Path file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  /** What captures are taken from. */
  List<String> captures() {
    return argument().isPresent() ? arguments.subList(0, arguments.size() - 1) : arguments;
  }

  /** What exists is a capture, whatever it is called. */
  private Optional<String> argument() {
    String last = arguments.get(arguments.size() - 1);
    return arguments.size() > 1
            && command == null
            && file == null
            && QUERY.matcher(last).matches()
            && !last.contains("\0")
            && !Files.exists(Path.of(last))
        ? Optional.of(last)
        : Optional.empty();
  }

  /**
   * The query; empty if it is to be typed.
   *
   * @param in read if there is none elsewhere and nobody types
   * @param typed whether somebody types
   * @throws IOException if it cannot be read
   */
  Optional<String> text(InputStream in, boolean typed) throws IOException {
    if (command != null && file != null) {
      throw new ParameterException(verb.commandLine(), "--command and --file exclude each other");
    }
    if (command != null) {
      return Optional.of(command);
    }
    if (file != null) {
      try (InputStream content = Files.newInputStream(file)) {
        return Optional.of(read(content, file.toString()));
      }
    }
    if (argument().isPresent() || typed) {
      return argument();
    }
    return Optional.of(read(in, "standard input"));
  }

  private static String read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException(name + " is longer than a query may be, which is 1 MiB");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(name + " is not UTF-8", e);
    }
  }
}
