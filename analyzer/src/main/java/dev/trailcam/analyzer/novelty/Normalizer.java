// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what differs from one run of a job to the next though nobody changed anything:
 * temporary names, versions, hashes, process ids, high ports. Its place is taken by a mark such as
 * {@code <hash>}; a {@code <} of the text itself is doubled, so that no text can pass for another's
 * mark. Where it is not certain that something is noise it stays: what is shown in vain costs a
 * look, what is hidden costs the incident. Takes time in proportion to the text.
 */
public final class Normalizer {
  private static final String START = "(?<![0-9A-Za-z])";
  private static final String END = "(?![0-9A-Za-z])";

  /** No repetition can give back what it took, so nothing is looked at more than a few times. */
  private static final Pattern NOISE =
      Pattern.compile(
          "(?<mark><)"
              // Of the recorder: equal secrets have equal marks within one recording only.
              + "|(?<=\\[secret:)(?<secret>[0-9a-f]{12})(?=\\])"
              // What configure makes in its working directory.
              + "|"
              + START
              + "(?<conf>conf(?:test)?+(?:[0-9]{2,10}+|(?<=conf)(?=[a-z]{0,5}[A-Z0-9])[0-9A-Za-z]{6}))"
              + END
              + "|(?<=/tmp/|/dev/shm/)(?<temporary>[0-9A-Za-z._+~@-]{1,255}+)"
              + "|"
              + START
              + "(?<uuid>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})"
              + END
              + "|"
              + START
              + "(?<hash>(?=[a-fA-F]*+[0-9])(?=[0-9]*+[a-fA-F])[0-9a-fA-F]{12,}+)"
              + END
              + "|(?<=localhost:|127\\.0\\.0\\.1:|\\[::1\\]:)(?<port>[0-9]{1,5}+)"
              + END
              + "|(?<=/proc/|/fd/|/pts/)(?<pid>[0-9]{1,10}+)"
              + END
              // An address says where something goes: it stays, though it looks like a version.
              + "|(?<![0-9A-Za-z.])(?<address>[0-9]{1,3}+(?:\\.[0-9]{1,3}+){3})(?![0-9A-Za-z]|\\.[0-9])"
              + "|(?<![0-9A-Za-z.])(?<version>v?+[0-9]{1,9}+\\.[0-9]{1,9}+"
              + "(?:[-.+~]?+(?:(?:alpha|beta|rc|dev|post|deb|ubuntu)[.-]?+)?+[0-9]{1,9}+)*+)"
              + "|(?<![0-9A-Za-z.])(?<number>[1-9][0-9]{4,}+)"
              + END);

  /** How the tools of a build name what they throw away; a rule of thumb would hide scripts. */
  private static final Pattern TOOLS =
      Pattern.compile(
          "(?<before>tmp\\.|apt\\.(?:conf|data|sig)\\.|fileutl\\.message\\.|apt-key-gpghome\\."
              + "|apt-dpkg-install-|rustc|pip-[a-z-]{1,24}-|npm-)[0-9A-Za-z_]{6,12}(?<after>\\.[a-z]{1,8})?"
              + "|(?<python>tmp)[0-9a-z_]{8}"
              + "|(?<gcc>cc)[0-9A-Za-z]{6}(?<object>\\.(?:o|s|c|i|ii|res|ld|le|lto))"
              + "|(?<go>go-build)[0-9]{1,12}");

  private static final Pattern SEGMENT = Pattern.compile("[0-9A-Za-z]++");
  private static final int RANDOM_MIN = 6;
  private static final int RANDOM_MAX = 16;

  private Normalizer() {}

  /** A path or an argument without noise. */
  public static String text(String text) {
    return mayHoldNoise(text) ? withoutNoise(text) : text;
  }

  /** Most texts hold none, and looking for all of it at each character takes its time. */
  private static boolean mayHoldNoise(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<' || (c >= '0' && c <= '9')) {
        return true;
      }
    }
    return text.contains("/tmp/") || text.contains("/dev/shm/") || text.contains("conf");
  }

  private static String withoutNoise(String text) {
    Matcher noise = NOISE.matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    while (noise.find()) {
      noise.appendReplacement(out, "");
      out.append(replaced(noise));
    }
    return noise.appendTail(out).toString();
  }

  /** The path of a program without noise in its directories. The name of the file stays. */
  public static String program(String path) {
    return program(path, Normalizer::text);
  }

  static String program(String path, UnaryOperator<String> text) {
    int name = path.lastIndexOf('/') + 1;
    return text.apply(path.substring(0, name)) + path.substring(name).replace("<", "<<");
  }

  private static String replaced(Matcher noise) {
    if (noise.group("temporary") != null) {
      return temporary(noise.group());
    }
    if (noise.group("conf") != null) {
      return "conf<temporary>";
    }
    if (noise.group("uuid") != null) {
      return "<uuid>";
    }
    if (noise.group("hash") != null || noise.group("secret") != null) {
      return "<hash>";
    }
    if (noise.group("version") != null) {
      return "<version>";
    }
    if (noise.group("port") != null) {
      return "<port>";
    }
    if (noise.group("pid") != null || noise.group("number") != null) {
      return "<number>";
    }
    return noise.group("mark") != null ? "<<" : noise.group();
  }

  /** The first name below a directory for temporary files. */
  private static String temporary(String name) {
    Matcher tools = TOOLS.matcher(name);
    if (tools.matches()) {
      return group(tools, "before")
          + group(tools, "python")
          + group(tools, "gcc")
          + group(tools, "go")
          + "<temporary>"
          + group(tools, "after")
          + group(tools, "object");
    }
    // It holds no <, so what text() leaves is unambiguous; only its marks must not be taken apart.
    Matcher segments = SEGMENT.matcher(name);
    StringBuilder out = new StringBuilder(name.length());
    while (segments.find()) {
      String segment = segments.group();
      String shown =
          looksRandom(segment) ? "<temporary>" : isNumber(segment) ? "<number>" : segment;
      segments.appendReplacement(out, "");
      out.append(shown);
    }
    return segments.appendTail(out).toString();
  }

  private static String group(Matcher matcher, String name) {
    String group = matcher.group(name);
    return group == null ? "" : group;
  }

  /** Digits among letters that come and go at least twice: {@code k3Xp9a}, not {@code tool64}. */
  private static boolean looksRandom(String segment) {
    if (segment.length() < RANDOM_MIN || segment.length() > RANDOM_MAX) {
      return false;
    }
    int changes = 0;
    boolean digit = false;
    for (int i = 0; i < segment.length(); i++) {
      digit |= Character.isDigit(segment.charAt(i));
      changes += i > 0 && sort(segment.charAt(i)) != sort(segment.charAt(i - 1)) ? 1 : 0;
    }
    return digit && changes >= 2;
  }

  private static int sort(char c) {
    return Character.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : 2;
  }

  private static boolean isNumber(String segment) {
    return segment.chars().allMatch(Character::isDigit);
  }
}
