// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What GNU binutils say of ELF files, and what we say, in the same words. */
final class Readelf {
  private static final Path READELF = Path.of("/usr/bin/readelf");
  private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\) +Shared library: \\[(.*)\\]");
  private static final Pattern BUILD_ID = Pattern.compile("Build ID: ([0-9a-f]+)");
  private static final Pattern INTERPRETER =
      Pattern.compile("\\[Requesting program interpreter: (.*)\\]");

  private Readelf() {}

  static void assumeAvailable() {
    assumeTrue(Files.isExecutable(READELF), "needs readelf");
  }

  /** Regular files of some directories that begin like ELF; links are left out. */
  static List<Path> corpus(String directories) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String directory : directories.split(":", -1)) {
      if (!directory.isEmpty()) {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
          entries.sorted().filter(Readelf::isElf).forEach(files::add);
        }
      }
    }
    return files;
  }

  private static boolean isElf(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return HexFormat.of().formatHex(in.readNBytes(4)).equals("7f454c46");
    } catch (IOException e) {
      return false;
    }
  }

  static String facts(Path file) throws IOException {
    ProcessBuilder readelf =
        new ProcessBuilder(READELF.toString(), "-W", "-l", "-d", "-n", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    readelf.environment().put("LC_ALL", "C");
    Process process = readelf.start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return describe(
        all(BUILD_ID, output).stream().findFirst().orElse(null),
        all(NEEDED, output),
        all(INTERPRETER, output).stream().findFirst().orElse(null));
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(1));
    }
    return found;
  }

  static String ours(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ElfFacts facts = ElfReader.read(new ChannelSource(channel, channel.size()));
      return describe(
          facts.buildId() == null ? null : HexFormat.of().formatHex(facts.buildId()),
          facts.needed().stream().map(Readelf::text).toList(),
          facts.interpreter() == null ? null : text(facts.interpreter()));
    } catch (FactsMissingException e) {
      return e.why() + ": " + e.getMessage();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static String describe(String buildId, List<String> needed, String interpreter) {
    return buildId + " " + needed + " " + interpreter;
  }

  private record ChannelSource(FileChannel channel, long size) implements ByteSource {
    @Override
    public int read(byte[] into, int length, long at) throws IOException {
      return Math.max(0, channel.read(ByteBuffer.wrap(into, 0, length), at));
    }
  }
}
