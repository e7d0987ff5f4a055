// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory with captures at any depth and what is expected of them.
 *
 * @param directory as the user named it
 * @param expectations sorted by file
 */
public record Corpus(Path directory, List<Expectations> expectations) {
  private static final long MAX_BYTES = 1 << 20;

  /** Makes the list immutable. */
  public Corpus {
    expectations = List.copyOf(expectations);
  }

  /** Reads all expectations of a corpus. Never fails: what cannot be read has that as a problem. */
  public static Corpus read(Path directory) {
    List<Expectations> all = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return new Corpus(directory, all); // whoever looks for captures in it says so
    }
    try {
      // A link that was named is followed, one that was found is not.
      Path real = directory.toRealPath();
      try (Stream<Path> found = Files.walk(real)) {
        found
            .filter(path -> path.endsWith(Expectations.NAME))
            .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            .sorted()
            .forEach(path -> all.add(expectations(path, directory.resolve(real.relativize(path)))));
      }
    } catch (IOException | UncheckedIOException e) {
      all.add(unreadable(directory.resolve(Expectations.NAME), "cannot be read: " + e));
    }
    return new Corpus(directory, all);
  }

  private static Expectations expectations(Path file, Path shown) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return unreadable(shown, "is larger than 1 MiB");
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      return ExpectationReader.read(shown.toString(), text);
    } catch (CharacterCodingException e) {
      return unreadable(shown, "is no UTF-8 text");
    } catch (IOException e) {
      return unreadable(shown, "cannot be read: " + e.getMessage());
    }
  }

  private static Expectations unreadable(Path file, String why) {
    String name = file.toString();
    return new Expectations(
        name,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(new RuleProblem(name, 0, why)));
  }

  /** The expectations that speak for a capture: those nearest to it. */
  Optional<Expectations> of(Capture capture) {
    return expectations.stream()
        .filter(one -> below(capture.path(), one.directory()))
        .max(Comparator.comparingInt(one -> one.directory().length()));
  }

  /** Path of a capture below the directory of this corpus. */
  String relative(Capture capture) {
    return relative(capture, directory.toString());
  }

  static String relative(Capture capture, String directory) {
    String path = capture.path();
    boolean inside = !directory.isEmpty() && path.startsWith(directory + "/");
    return inside ? path.substring(directory.length() + 1) : path.equals(directory) ? "" : path;
  }

  /** Whether a path is a directory or lies in it; everything lies in "". */
  static boolean below(String path, String directory) {
    return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
  }
}
