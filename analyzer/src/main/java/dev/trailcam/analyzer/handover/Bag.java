// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactionPlace;
import dev.trailcam.analyzer.files.NewDirectory;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A BagIt bag (RFC 8493): a directory that holds the evidence byte for byte, what a replay found in
 * it, and the SHA-256 of everything, so that whoever gets it can check it without this program. It
 * appears whole or not at all. Bags of the same evidence are the same, byte for byte.
 *
 * <pre>
 * bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
 * data/evidence/000001-runner-7-20261122T040300Z-3f9a1c2e/manifest.jsonl …
 * data/contents.jsonl   what each file was called, and what could not be copied
 * data/result.ndjson    what replay found
 * </pre>
 */
public final class Bag {
  private static final String EVIDENCE = "data/evidence/";
  private static final String MANIFEST = "manifest-sha256.txt";

  private final Path root;
  private final Map<String, String> hashes = new TreeMap<>();
  private long bytes;

  private Bag(Path root) {
    this.root = root;
  }

  /**
   * Writes a bag.
   *
   * @param target a directory that is not there yet
   * @param arguments what was named, as the user named it
   * @param result writes what was found
   * @throws FileAlreadyExistsException if there is something of that name
   * @throws IOException if evidence cannot be read, has changed since it was looked at, or does not
   *     lie on a disk; the message names it
   */
  public static void write(
      Path target,
      Dossier dossier,
      List<String> arguments,
      CaptureSet set,
      List<CompactionPlace> compactions,
      Consumer<PrintWriter> result)
      throws IOException {
    try (NewDirectory directory = new NewDirectory(target)) {
      Bag bag = new Bag(directory.path());
      bag.fill(BagSources.of(arguments, set, compactions), result);
      bag.describe(dossier);
      directory.finish();
    }
  }

  private void fill(BagSources sources, Consumer<PrintWriter> result) throws IOException {
    StringWriter contents = new StringWriter();
    PrintWriter lines = new PrintWriter(contents);
    for (BagFile file : sources.files()) {
      String payload = EVIDENCE + file.payload();
      copy(file, payload);
      new Tree()
          .with("file", payload)
          .with("original", file.original())
          .with("sha256", hashes.get(payload))
          .line(lines);
    }
    sources
        .leftOut()
        .forEach(name -> new Tree().with("original", name).with("copied", false).line(lines));
    lines.flush();
    put("data/contents.jsonl", contents.toString());
    Path file = root.resolve("data/result.ndjson");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, UTF_8))) {
      result.accept(out);
      if (out.checkError()) {
        throw new IOException(file + ": could not be written whole");
      }
    }
    count("data/result.ndjson");
  }

  private void copy(BagFile file, String payload) throws IOException {
    Path target = root.resolve(payload);
    Files.createDirectories(target.getParent());
    try (var in = Files.newInputStream(file.source(), LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(in, target);
    }
    count(payload);
    if (file.sha256() != null && !file.sha256().equals(hashes.get(payload))) {
      throw new IOException(file.original() + ": has changed since it was looked at; run again");
    }
  }

  private void put(String name, String content) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), content);
    count(name);
  }

  /** What is in the bag is hashed as it lies there. */
  private void count(String name) throws IOException {
    Path file = root.resolve(name);
    try (var in = Files.newInputStream(file)) {
      hashes.put(name, Sha256.of(in));
    }
    bytes += Files.size(file);
  }

  private void describe(Dossier dossier) throws IOException {
    String manifest = lines(hashes);
    String oxum = bytes + "." + hashes.size();
    hashes.clear();
    put(MANIFEST, manifest);
    put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    // No Bagging-Date: the same evidence gives the same bag.
    put(
        "bag-info.txt",
        "Bag-Software-Agent: "
            + TerminalText.plain(dossier.tool())
            + "\nExternal-Description: Captures of program executions. "
            + TerminalText.plain(dossier.headline())
            + "\nPayload-Oxum: "
            + oxum
            + "\n");
    String tags = lines(hashes);
    put("tagmanifest-sha256.txt", tags);
  }

  private static String lines(Map<String, String> hashes) {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(hash).append("  ").append(name).append('\n'));
    return lines.toString();
  }
}
