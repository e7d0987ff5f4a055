// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any arguments: made from pieces that rules look for, and random bytes. */
final class SecretMaskPropertyTest {
  private static final long SEED = 7;
  private static final int ROUNDS = 30_000;

  /** Work that grows with the square of this takes minutes, linear work a fraction of a second. */
  private static final int LARGE = 2 << 20;

  private static final Duration HANGS = Duration.ofSeconds(60);
  private static final Pattern MARK = Pattern.compile("\\[secret:[0-9a-f]{12}]");

  private static final List<String> PIECES =
      List.of(
          "password",
          "token",
          "TOKEN",
          "secret",
          "api_key",
          "--",
          "-p",
          "-u",
          "=",
          ":",
          "://",
          "@",
          "/",
          "?",
          "&",
          ";",
          ",",
          " ",
          "\n",
          "'",
          "\"",
          "\\",
          "\\\"",
          "$",
          "${",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "<",
          "|",
          "`",
          "mysql",
          "curl",
          "sshpass",
          "ghp_",
          "sk-",
          "eyJ",
          "AKIA",
          ".",
          "_",
          "Authorization: ",
          "Bearer ",
          "Cookie: ",
          "x-token:",
          "-----BEGIN RSA PRIVATE KEY-----",
          "-----END",
          "PRIVATE",
          "KEY-----",
          "config",
          "set",
          "login",
          "[secret:",
          "0123456789ab",
          "[secret:0123456789ab]",
          "abc123",
          "Zz9",
          "\u00ff",
          "\u0080\u00c3",
          "%41",
          "%",
          "abcdefghijklmnopqrstuvwxyz0123456789",
          "ABCDEFGHIJKLMNOP",
          "true",
          "/etc/x",
          "a:b@c",
          "https://u:p@h/",
          "hooks.slack.com/services/T/B/x",
          ".atlasv1.",
          "pass:");

  private final SecretMask mask = SecretMask.withKey("key".getBytes(UTF_8));
  private final Random random = new Random(SEED);

  @Test
  void masking_isIdempotent_keepsTheRest_andIsNeverMissedByThePrefilter() {
    int secrets = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<byte[]> argv = argv();
      Masked once = mask.mask(argv);
      secrets += once.count();
      String told = SecretCorpus.text(argv);
      if (!mask.suspicious(SecretCorpus.section(argv))) {
        assertSame(argv, once.argv(), told);
      }
      assertRestStays(argv, once, told);
      Masked twice = mask.mask(once.argv());
      assertEquals(SecretCorpus.text(once.argv()), SecretCorpus.text(twice.argv()), told);
    }
    assertTrue(secrets > ROUNDS / 10, secrets + " secrets");
  }

  @Test
  void mutatedCorpus_isNeverMissedByThePrefilter_andIsIdempotent() {
    List<SecretCorpus.Kind> kinds = SecretCorpus.kinds();
    for (SecretCorpus.Shape shape : SecretCorpus.shapes()) {
      for (SecretCorpus.Kind kind : kinds) {
        List<byte[]> argv = mutated(shape.with(kind.secret()));
        Masked once = mask.mask(argv);
        String told = SecretCorpus.text(argv);
        if (!mask.suspicious(SecretCorpus.section(argv))) {
          assertSame(argv, once.argv(), told);
        }
        assertRestStays(argv, once, told);
        String twice = SecretCorpus.text(mask.mask(once.argv()).argv());
        assertEquals(SecretCorpus.text(once.argv()), twice, told);
      }
    }
  }

  /** What stands between marks stands in the arguments too, in this order. */
  private static void assertRestStays(List<byte[]> argv, Masked masked, String told) {
    assertEquals(argv.size(), masked.argv().size(), told);
    for (int i = 0; i < argv.size(); i++) {
      String before = new String(argv.get(i), ISO_8859_1);
      String after = new String(masked.argv().get(i), ISO_8859_1);
      if (before.equals(after)) {
        continue;
      }
      int at = 0;
      String[] parts = MARK.split(after, -1);
      assertTrue(before.startsWith(parts[0]) && before.endsWith(parts[parts.length - 1]), told);
      for (String part : parts) {
        int found = before.indexOf(part, at);
        assertTrue(found >= 0, told);
        at = found + part.length();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostilePieces")
  void work_isLinear(String piece) {
    byte[] text = piece.repeat(LARGE / piece.length()).getBytes(ISO_8859_1);
    assertTimeoutPreemptively(HANGS, () -> mask.mask(List.of("x".getBytes(UTF_8), text)), piece);
  }

  /** Repeated, each makes a scan start again and again that could run to the end each time. */
  static List<String> hostilePieces() {
    return List.of(
        "token",
        "token=",
        "token:",
        "token=$",
        "token=${",
        "token=<",
        "token = ",
        "token=a(",
        "token=https://",
        "\"token\":",
        "\"token\":\"",
        "\\\"token\\\":",
        "password=\"",
        "password='x",
        "--token ",
        "--token",
        "&token=",
        "?sig=",
        "a=",
        "a_",
        "aB",
        "://",
        "a://",
        "a://b:c",
        "a://b:",
        "Cookie:",
        "Cookie: a; ",
        "Cookie: a=b; ",
        "x-token:",
        "Authorization: Bearer ",
        "eyJ-",
        "eyJhbGciOiJIUzI1NiJ9.",
        "sk-",
        "sk-a1",
        "atlasv1.",
        "a.atlasv1.",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY",
        "PRIVATE KEY----- ",
        "curl -u a:b ",
        "curl -b a=b; ",
        "mysql -p",
        "config password ",
        "hooks.slack.com/services/",
        "/incomingwebhook/",
        "api.telegram.org/bot",
        "[secret:",
        "[secret:0123456789ab]",
        "\\",
        "'",
        "\"",
        "'\"",
        "$(",
        "(",
        "\"'token ",
        "%3D",
        "\\n",
        "\n",
        " ");
  }

  @Test
  void manyEmptyArguments_areMasked() {
    List<byte[]> argv = new ArrayList<>(Collections.nCopies(32_768, new byte[0]));
    argv.set(7, "--token".getBytes(UTF_8));
    argv.set(8, "abcdef".getBytes(UTF_8));
    assertEquals(1, mask.mask(argv).count());
  }

  private List<byte[]> argv() {
    List<byte[]> argv = new ArrayList<>();
    int arguments = 1 + random.nextInt(4);
    for (int i = 0; i < arguments; i++) {
      StringBuilder argument = new StringBuilder();
      int pieces = random.nextInt(9);
      for (int k = 0; k < pieces; k++) {
        argument.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      argv.add(argument.toString().getBytes(ISO_8859_1));
    }
    return argv;
  }

  /** With a few bytes changed, taken out or put in; never a NUL. */
  private List<byte[]> mutated(List<byte[]> argv) {
    List<byte[]> out = new ArrayList<>();
    for (byte[] argument : argv) {
      StringBuilder text = new StringBuilder(new String(argument, ISO_8859_1));
      for (int n = random.nextInt(3); n > 0 && !text.isEmpty(); n--) {
        int at = random.nextInt(text.length());
        char other = (char) (1 + random.nextInt(255));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, other);
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, other);
        }
      }
      out.add(text.toString().getBytes(ISO_8859_1));
    }
    return out;
  }
}
