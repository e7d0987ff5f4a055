// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FileFactsTest {
  private static final long SEED = 7;
  private static final int CASES = 20_000;

  @Test
  void facts_comeBackAsTheyWere() throws MalformedRecordException {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      FileFacts facts = any(random);
      assertSame(facts, FileFacts.decode(facts.encode()));
    }
  }

  @Test
  void largestFacts_comeBackToo() throws MalformedRecordException {
    List<byte[]> names = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      names.add(new byte[32]);
    }
    FileFacts facts =
        new FileFacts(
            new FileKey(-1, -1, -1, -1),
            new byte[4095],
            new byte[32],
            new byte[64],
            names,
            new byte[4095],
            MissingFacts.FAILED);
    assertSame(facts, FileFacts.decode(facts.encode()));
  }

  @ParameterizedTest
  @EnumSource(MissingFacts.class)
  void everyReason_comesBack(MissingFacts why) throws MalformedRecordException {
    FileRequest request = new FileRequest(new FileKey(1, 2, 3, 4), new byte[] {'/', 'x'}, 0, true);
    assertSame(
        FileFacts.missing(request, why),
        FileFacts.decode(FileFacts.missing(request, why).encode()));
    assertTrue(why.sentence().endsWith("."));
    assertEquals(why.name(), why.id().toUpperCase(Locale.ROOT));
  }

  @Test
  void codesOfReasons_areDistinctAndNeverNull() {
    Set<Byte> codes = new HashSet<>();
    for (MissingFacts why : MissingFacts.values()) {
      assertTrue(codes.add(why.code()));
    }
    assertFalse(codes.contains((byte) 0));
  }

  @Test
  void everyTruncation_isMalformed() {
    byte[] bytes = whole(new Random(SEED)).encode().array();
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
      assertThrows(MalformedRecordException.class, () -> FileFacts.decode(cut));
    }
    ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1));
    assertThrows(MalformedRecordException.class, () -> FileFacts.decode(longer));
  }

  @Test
  void factsMissingWithoutReason_areMalformed() {
    FileKey key = new FileKey(1, 2, 3, 4);
    List<byte[]> none = List.of();
    byte[] digest = new byte[32];
    for (FileFacts facts :
        List.of(
            new FileFacts(key, null, null, null, none, null, null),
            new FileFacts(key, null, digest, null, null, null, null),
            new FileFacts(key, null, digest, digest, null, null, MissingFacts.NOT_ELF),
            new FileFacts(key, null, digest, null, null, digest, MissingFacts.NOT_ELF),
            new FileFacts(key, null, new byte[31], null, none, null, null),
            new FileFacts(key, new byte[4096], digest, null, none, null, null),
            new FileFacts(key, null, digest, new byte[65], none, null, null),
            new FileFacts(key, null, digest, null, List.of(new byte[16_385]), null, null))) {
      assertThrows(MalformedRecordException.class, () -> FileFacts.decode(facts.encode()));
    }
  }

  @Test
  void damage_isMalformedOrOtherFactsWithinBounds() {
    Random random = new Random(SEED);
    int understood = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = any(random).encode().array();
      for (int k = 0; k <= random.nextInt(3); k++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        FileFacts facts = FileFacts.decode(ByteBuffer.wrap(bytes));
        assertArrayEquals(bytes, facts.encode().array(), "one encoding for one meaning");
        understood++;
      } catch (MalformedRecordException e) {
        // It says so; anything else fails the test.
      }
    }
    assertTrue(understood > 1_000 && understood < 99_000, understood + " understood");
  }

  private static FileFacts any(Random random) {
    FileFacts facts = whole(random);
    return switch (random.nextInt(3)) {
      case 0 -> facts;
      case 1 ->
          new FileFacts(
              facts.key(), null, facts.sha256(), null, null, null, MissingFacts.MALFORMED_ELF);
      default ->
          new FileFacts(
              facts.key(),
              facts.path(),
              null,
              null,
              List.of(),
              facts.interpreter(),
              MissingFacts.TOO_LARGE);
    };
  }

  private static FileFacts whole(Random random) {
    List<byte[]> names = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      names.add(bytes(random, random.nextInt(30)));
    }
    return new FileFacts(
        new FileKey(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
        bytes(random, 1 + random.nextInt(60)),
        bytes(random, 32),
        random.nextBoolean() ? bytes(random, 1 + random.nextInt(64)) : null,
        names,
        random.nextBoolean() ? bytes(random, random.nextInt(30)) : null,
        null);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertSame(FileFacts expected, FileFacts actual) {
    assertEquals(expected.key(), actual.key());
    assertEquals(expected.why(), actual.why());
    assertArrayEquals(expected.path(), actual.path());
    assertArrayEquals(expected.sha256(), actual.sha256());
    assertArrayEquals(expected.buildId(), actual.buildId());
    assertArrayEquals(expected.interpreter(), actual.interpreter());
    assertEquals(expected.needed() == null, actual.needed() == null);
    if (expected.needed() != null) {
      assertArrayEquals(
          expected.needed().toArray(new byte[0][]), actual.needed().toArray(new byte[0][]));
    }
  }
}
