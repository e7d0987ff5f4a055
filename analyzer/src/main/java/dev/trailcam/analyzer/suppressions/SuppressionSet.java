// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.suppressions;

import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that was written down as legitimate use.
 *
 * @param entries those that could be read, by their ids
 * @param problems what is wrong with the others
 * @param files hash of each file that could be read, by its name
 */
public record SuppressionSet(
    List<Suppression> entries, List<RuleProblem> problems, SortedMap<String, String> files) {
  /** Nothing is suppressed. */
  public static final SuppressionSet NONE =
      new SuppressionSet(List.of(), List.of(), new TreeMap<>());

  /** Each costs a query. */
  static final int MAX_ENTRIES = 1000;

  private static final int MAX_BYTES = 1 << 20;

  /** Makes the collections immutable. */
  public SuppressionSet {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Whether nobody named a file. */
  public boolean isEmpty() {
    return entries.isEmpty() && problems.isEmpty() && files.isEmpty();
  }

  /** Reads files of at most 1 MiB; what is wrong with one leaves the others as they are. */
  public static SuppressionSet of(List<Path> paths) {
    SortedMap<String, String> files = new TreeMap<>();
    List<RuleProblem> problems = new ArrayList<>();
    Map<String, Suppression> entries = new TreeMap<>();
    for (Path path : paths) {
      SuppressionReader reader = new SuppressionReader(path.toString(), problems);
      try {
        byte[] bytes = limited(path);
        files.put(path.toString(), Sha256.of(bytes));
        for (Suppression entry : reader.read(utf8(bytes))) {
          add(entry, entries, problems);
        }
      } catch (CharacterCodingException e) {
        problems.add(new RuleProblem(path.toString(), 0, "is not UTF-8"));
      } catch (IOException e) {
        problems.add(
            new RuleProblem(path.toString(), 0, "cannot be read: " + reason(e, path.toString())));
      }
    }
    return new SuppressionSet(List.copyOf(entries.values()), problems, files);
  }

  private static void add(
      Suppression entry, Map<String, Suppression> entries, List<RuleProblem> problems) {
    if (entries.size() >= MAX_ENTRIES) {
      problems.add(
          new RuleProblem(
              entry.file(),
              entry.line(),
              "is not heeded: there are more than " + MAX_ENTRIES + " entries"));
      return;
    }
    Suppression first = entries.putIfAbsent(entry.id(), entry);
    if (first != null) {
      problems.add(
          new RuleProblem(
              entry.file(),
              entry.line(),
              "is not heeded: has the id of "
                  + first.file()
                  + ":"
                  + first.line()
                  + "; ids must be unique: "
                  + entry.id()));
    }
  }

  private static byte[] limited(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("it does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("it is no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than 1 MiB");
      }
      return bytes;
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Some messages are nothing but the name of the file. */
  private static String reason(IOException e, String file) {
    return e.getMessage() == null || e.getMessage().equals(file)
        ? "permission denied"
        : e.getMessage();
  }
}
