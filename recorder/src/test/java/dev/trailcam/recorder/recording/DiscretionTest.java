// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.secrets.SecretMask;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.FailedExec;
import dev.trailcam.recorder.wire.MalformedRecordException;
import dev.trailcam.recorder.wire.RingRecord;
import dev.trailcam.recorder.wire.WireRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records lose their secrets and nothing else. */
final class DiscretionTest {
  private final Discretion discretion =
      new Discretion(SecretMask.withKey("key".getBytes(US_ASCII)));

  @Test
  void recordWithoutSecrets_isTheSameObject() {
    ByteBuffer record = WireRecord.exec(0, 1, 5).argv("make", "-j8", "all").encode();
    assertSame(record, discretion.apply(record));
    ByteBuffer exit = WireRecord.exit(1, 5).encode();
    assertSame(exit, discretion.apply(exit));
  }

  @Test
  void executionWithASecret_keepsEverythingElse() throws MalformedRecordException {
    WireRecord original =
        WireRecord.exec(3, 7, 5)
            .comm("curl")
            .exe("/usr/bin/curl")
            .cwd("/build")
            .argv("curl", "--token", "abc123", "", "https://example.org/");
    ExecEvent masked = (ExecEvent) RingRecord.of(discretion.apply(original.encode()));

    List<String> argv = masked.argv().stream().map(a -> new String(a, UTF_8)).toList();
    assertEquals("curl --token MARK  https://example.org/", marked(String.join(" ", argv)));
    assertEquals(1, masked.masked());
    assertEquals(5, masked.argc());
    assertEquals("/usr/bin/curl", new String(masked.exe(), UTF_8));
    assertEquals("/build", new String(masked.cwd(), UTF_8));
    assertEquals(3, masked.cpu());
    // What it was before: the mark is longer than the secret.
    assertEquals(((ExecEvent) RingRecord.of(original.encode())).argvBytes(), masked.argvBytes());
  }

  @Test
  void argumentsThatWereCut_stayCut() throws MalformedRecordException {
    WireRecord original =
        WireRecord.exec(0, 1, 5).argv("x", "--password=hunter22", "rest").argvCutTo(24);
    ExecEvent masked = (ExecEvent) RingRecord.of(discretion.apply(original.encode()));

    assertTrue(masked.argvCut());
    assertEquals(
        List.of("x", "--password=MARK", "re"),
        masked.argv().stream().map(a -> marked(new String(a, UTF_8))).toList());
  }

  @Test
  void failedExecution_losesItsSecretsToo() throws MalformedRecordException {
    ByteBuffer record =
        WireRecord.failed(1, 5)
            .filename("./x".getBytes(UTF_8))
            .cwd("/build")
            .argv("x", "--password=hunter22")
            .encode();
    FailedExec masked = (FailedExec) RingRecord.of(discretion.apply(record));
    assertEquals("--password=MARK", marked(new String(masked.argv().get(1), UTF_8)));
    assertEquals("./x", new String(masked.filename(), UTF_8));
    assertEquals("/build", new String(masked.cwd(), UTF_8));
  }

  @Test
  void bytesThatAreNoRecord_passUnchanged() {
    Random random = new Random(7);
    byte[] whole = WireRecord.exec(0, 1, 5).argv("a", "--password=hunter22").encode().array();
    for (int i = 0; i < 50_000; i++) {
      byte[] mutated = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      ByteBuffer cut = ByteBuffer.wrap(mutated, 0, random.nextInt(mutated.length + 1));
      ByteBuffer out = discretion.apply(cut.slice());
      assertTrue(out.remaining() >= 0);
    }
  }

  private static String marked(String text) {
    return text.replaceAll("\\[secret:[0-9a-f]{12}]", "MARK");
  }
}
