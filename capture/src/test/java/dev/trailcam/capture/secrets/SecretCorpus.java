// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds of secrets, the shapes in which programs get them, and arguments without any. */
final class SecretCorpus {
  private static final Pattern BLANK = Pattern.compile("<(\\w+):(\\d+)>");
  private static final long SEED = 20261122;
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  /** A made-up secret. */
  record Kind(String name, boolean shape, String secret) {
    boolean isUrlSafe() {
      return secret.matches("[A-Za-z0-9_.~-]+");
    }
  }

  /** Arguments with a place for a secret. */
  record Shape(String name, String kinds, List<String> argv) {
    boolean takes(Kind kind) {
      return switch (kinds) {
        case "all" -> true;
        case "url" -> kind.isUrlSafe();
        case "shape" -> kind.shape();
        default -> throw new IllegalArgumentException(kinds);
      };
    }

    List<byte[]> with(String secret) {
      return bytes(argv.stream().map(argument -> argument.replace("§", secret)).toList());
    }
  }

  private SecretCorpus() {}

  static List<Kind> kinds() {
    Random random = new Random(SEED);
    return lines("kinds.tsv")
        .map(line -> line.split("\t", -1))
        .map(f -> new Kind(f[0], f[1].equals("shape"), filled(f[2], random)))
        .toList();
  }

  static List<Shape> shapes() {
    return lines("shapes.tsv")
        .map(line -> line.split("\t", -1))
        .map(f -> new Shape(f[0], f[1], unescaped(Arrays.asList(f).subList(2, f.length))))
        .toList();
  }

  static List<List<byte[]>> benign() {
    return lines("benign.tsv")
        .map(line -> bytes(unescaped(Arrays.asList(line.split("\t", -1)))))
        .toList();
  }

  static List<byte[]> bytes(List<String> argv) {
    return argv.stream().map(argument -> argument.getBytes(UTF_8)).toList();
  }

  /** Arguments as the kernel gives them: each closed by a NUL. */
  static ByteBuffer section(List<byte[]> argv) {
    ByteBuffer out = ByteBuffer.allocateDirect(argv.stream().mapToInt(a -> a.length + 1).sum());
    argv.forEach(argument -> out.put(argument).put((byte) 0));
    return out.flip();
  }

  /** For messages and comparisons: every byte as one letter. */
  static String text(List<byte[]> argv) {
    return argv.stream().map(a -> new String(a, ISO_8859_1)).collect(Collectors.joining("\u241f"));
  }

  private static String filled(String pattern, Random random) {
    Matcher blank = BLANK.matcher(pattern);
    StringBuilder out = new StringBuilder();
    while (blank.find()) {
      blank.appendReplacement(
          out, random(blank.group(1), Integer.parseInt(blank.group(2)), random));
    }
    return blank.appendTail(out).toString();
  }

  private static String random(String letters, int length, Random random) {
    String from =
        switch (letters) {
          case "alnum" -> LOWER + UPPER + DIGITS;
          case "upper" -> UPPER + DIGITS;
          case "lower" -> LOWER;
          case "digit" -> DIGITS;
          case "hex" -> DIGITS + "abcdef";
          default -> throw new IllegalArgumentException(letters);
        };
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(from.charAt(random.nextInt(from.length())));
    }
    return out.toString();
  }

  private static List<String> unescaped(List<String> fields) {
    List<String> out = new ArrayList<>();
    for (String field : fields) {
      out.add(field.replace("\\\\n", "\0").replace("\\n", "\n").replace("\0", "\\n"));
    }
    return out;
  }

  private static Stream<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(SecretCorpus.class.getResourceAsStream(resource), UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          lines.add(line);
        }
      }
      return lines.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
