// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {
  private static final String[] PARTS = {
    "/",
    "/tmp/",
    ".",
    "-",
    "_",
    ":",
    "=",
    "<",
    "<hash>",
    "<<",
    "1",
    "12345",
    "1.2",
    "1.2.3.4",
    "v3.1",
    "0123456789ab",
    "deadbeef0123",
    "aB3dE9",
    "tcpdump",
    "tmp.",
    "localhost:",
    "8080",
    "é",
    "\ud83d\ude00",
    "5b1f1c6e-0000-4000-8000-000000000001",
    " ",
    "/proc/",
    "rc",
    "conf",
    "test",
    "[secret:",
    "]",
    "~"
  };

  @ParameterizedTest
  @CsvSource({
    "/tmp/tmp.8dJsKQabcd, /tmp/tmp.<temporary>",
    "/tmp/ccWfRtYz.o, /tmp/cc<temporary>.o",
    "/tmp/tmpab_d9fgh/x, /tmp/tmp<temporary>/x",
    "/tmp/apt.conf.abcdef, /tmp/apt.conf.<temporary>",
    "--root=/tmp/pip-build-env-q3z_x1ab/overlay, --root=/tmp/pip-build-env-<temporary>/overlay",
    "/tmp/go-build123/b001, /tmp/go-build<temporary>/b001",
    "/tmp/job-k3Xp9a.sh, /tmp/job-<temporary>.sh",
    "/var/tmp/x.4711, /var/tmp/x.<number>",
    "/home/runner/work/_temp/5b1f1c6e-0000-4000-8000-000000000001.sh, /home/runner/work/_temp/<uuid>.sh",
    "sha256:2f7e1b94c0d5a863e1f02b7c9d4a5e6f70819aab, sha256:<hash>",
    "hello-2.10.tar.gz, hello-<version>.tar.gz",
    "left-pad@1.3.0-rc.1, left-pad@<version>",
    "curl=7.88.1-10+deb12u5, curl=<version>u5",
    "http://127.0.0.1:38541/x, http://127.0.0.1:<port>/x",
    "/proc/4711/maps, /proc/<number>/maps",
    "--pid=31337, --pid=<number>",
    "a<b, a<<b",
    "conf12345.dir/conf12345.file, conf<temporary>.dir/conf<temporary>.file",
    "./confITNZvU/subs.awk, ./conf<temporary>/subs.awk",
    "conftest4711, conf<temporary>",
    "--token=[secret:3f9a1c2e77d0], --token=[secret:<hash>]",
    "[secret:123456789012], [secret:<hash>]",
  })
  void noise_isMarked(String text, String expected) {
    assertEquals(expected, Normalizer.text(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "755",
        "4755",
        "0755",
        "04755",
        "-9",
        "8080",
        ":443",
        "10.0.0.1",
        "10.0.0.0/8",
        "1.2.3.4:4444",
        "ed25519",
        "sha256",
        "x86_64",
        "base64",
        "python3.11",
        "libssl3",
        "deadbeef",
        "cafebabefacade",
        "/tmp/MyTool",
        "/tmp/xmrig64",
        "/tmp/payload",
        "/tmp/.hidden",
        "/dev/shm/kdmtmpflush",
        "/usr/lib/gcc/x86_64-linux-gnu/12/cc1",
        "eth0",
        "-Werror",
        "",
        "utf-8",
        "conference",
        "conftest.c",
        "./configure",
        "config.status",
        "/etc/ld.so.conf",
        "conf1"
      })
  void whatMayMatter_stays(String text) {
    assertEquals(text, Normalizer.text(text));
  }

  @Test
  void programs_keepTheirNames() {
    assertEquals(
        "/tmp/tmp.<temporary>/a1b2c3d4e5f6",
        Normalizer.program("/tmp/tmp.abcdefghij/a1b2c3d4e5f6"));
    assertNotEquals(
        Normalizer.program("/tmp/a1b2c3d4e5f6"), Normalizer.program("/tmp/a1b2c3d4e5f7"));
    assertEquals("tcpdump-4.99", Normalizer.program("tcpdump-4.99"));
  }

  @Test
  void distinctPrograms_stayDistinct() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String name = text(random).replace("/", "");
      String shape = Normalizer.program(text(random) + "/" + name);
      String told = names.putIfAbsent(shape.substring(shape.lastIndexOf('/')), name);
      assertTrue(told == null || told.equals(name), () -> told + " and " + name);
    }
  }

  /** Taking the marks out again gives pieces of the text in their order, and nothing else. */
  @Test
  void marks_takeThePlaceOfNoiseAlone() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 50_000; i++) {
      String text = text(random);
      String shape = Normalizer.text(text);
      int at = 0;
      for (String piece : shape.replace("<<", "\0").split("<[a-z]+>", -1)) {
        String original = piece.replace('\0', '<');
        int found = text.indexOf(original, at);
        assertTrue(found >= at, () -> text + " became " + shape);
        at = found + original.length();
      }
      assertEquals(shape, Normalizer.text(text));
    }
  }

  /** What has no digit, is in no directory for temporary files and is not of configure stays. */
  @Test
  void words_areNeverNoise() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      String text =
          text(random).replaceAll("[0-9<]", "").replace("/tmp/", "/").replace("conf", "can");
      assertEquals(text, Normalizer.text(text));
    }
  }

  /** Would not end in a lifetime if anything were looked at again for each character. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "1.",
        "-1",
        "<",
        "conf",
        ".confaa",
        "/tmp/",
        "a1",
        "1-",
        "f0-",
        "/tmp/a1B2.",
        "1.2rc"
      })
  void longTexts_takeLinearTime(String part) {
    String text = part.repeat(300_000 / part.length());
    assertTrue(Normalizer.text(text).length() <= 20 * text.length());
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }
}
