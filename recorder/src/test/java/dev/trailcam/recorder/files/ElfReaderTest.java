// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ElfReaderTest {
  private static final int MUTATIONS = 100_000;
  private static final long SEED = 20_261_122;

  /** Four times the largest window and a list of names; an array of a claimed size is far more. */
  private static final long MAX_ALLOCATED_BYTES = 128 << 10;

  private static List<ElfImage> images() {
    List<ElfImage> images = new ArrayList<>();
    for (boolean wide : new boolean[] {false, true}) {
      images.add(ElfImage.of(wide, ByteOrder.LITTLE_ENDIAN));
      images.add(ElfImage.of(wide, ByteOrder.BIG_ENDIAN));
    }
    return images;
  }

  @Test
  void facts_areTheSameInEveryWidthAndOrder() throws IOException {
    for (ElfImage image : images()) {
      ElfFacts facts = ElfReader.read(image);
      assertArrayEquals(ElfImage.BUILD_ID, facts.buildId());
      assertEquals(ElfImage.INTERPRETER, new String(facts.interpreter(), ISO_8859_1));
      assertEquals(ElfImage.NEEDED, texts(facts.needed()));
    }
  }

  @Test
  void staticProgram_linksNothing() throws IOException {
    ElfImage image = ElfImage.of(true, ByteOrder.LITTLE_ENDIAN);
    image.bytes()[56] = 1; // the loaded segment only
    ElfFacts facts = ElfReader.read(image);
    assertEquals(List.of(), facts.needed());
    assertNull(facts.interpreter());
    assertNull(facts.buildId());
  }

  @Test
  void anythingElse_isNoElf() {
    for (String content : List.of("", "#!", "\u007fEL", "#!/bin/sh\necho\n", "MZ\u0000\u0000")) {
      assertMissing(MissingFacts.NOT_ELF, bytes(content.getBytes(ISO_8859_1)));
    }
  }

  @Test
  void everyTruncation_isMalformedOrNoElf() {
    for (ElfImage image : images()) {
      for (int length = 0; length < image.bytes().length; length++) {
        byte[] cut = Arrays.copyOf(image.bytes(), length);
        assertMissing(length < 4 ? MissingFacts.NOT_ELF : MissingFacts.MALFORMED_ELF, bytes(cut));
      }
    }
  }

  @Test
  void contradictions_areMalformed() {
    assertMalformed(image -> image.bytes()[4] = 3); // class
    assertMalformed(image -> image.bytes()[5] = 0); // byte order
    assertMalformed(image -> image.putWord(image.programHeadersField(), -1));
    assertMalformed(image -> image.putWord(image.programHeadersField(), Long.MAX_VALUE));
    for (int segment = 0; segment < ElfImage.HEADERS; segment++) {
      int at = segment;
      assertMalformed(image -> image.putWord(image.segmentField(at, 0), -1));
      assertMalformed(image -> image.putWord(image.segmentField(at, 0), image.size() + 1));
      assertMalformed(image -> image.putWord(image.segmentField(at, 2), Long.MIN_VALUE | 1 << 30));
      assertMalformed(image -> image.putWord(image.segmentField(at, 2), Long.MAX_VALUE));
    }
    // The loaded segment is elsewhere, or too short for what lies in it.
    assertMalformed(image -> image.putWord(image.segmentField(0, 1), 0));
    assertMalformed(image -> image.putWord(image.segmentField(0, 2), image.size() - 1));
    // The dynamic section is nowhere.
    assertMalformed(image -> image.putWord(image.segmentField(3, 1), 8));
    // The interpreter has no end, or no name.
    assertMalformed(image -> image.putWord(image.segmentField(1, 2), 4));
    assertMalformed(image -> image.putWord(image.segmentField(1, 2), 1));
    // A second dynamic section, a second loaded segment at the same addresses.
    assertMalformed(image -> copySegment(image, 3, 2));
    assertMalformed(image -> copySegment(image, 0, 2));
  }

  @Test
  void tooManyProgramHeaders_areMalformed() {
    assertMalformed(
        image -> {
          int at = image.wide() ? 56 : 44;
          image.bytes()[at] = (byte) 0xff;
          image.bytes()[at + 1] = (byte) 0xff;
        });
  }

  /** One long name that is needed often makes much out of little. */
  @Test
  void names_areBounded() throws IOException {
    assertEquals(512, ElfReader.read(ElfImage.needing(512, 32)).needed().size());
    assertEquals(4, ElfReader.read(ElfImage.needing(4, 4095)).needed().size());
    assertMissing(MissingFacts.MALFORMED_ELF, ElfImage.needing(513, 1));
    assertMissing(MissingFacts.MALFORMED_ELF, ElfImage.needing(512, 33));
    assertMissing(MissingFacts.MALFORMED_ELF, ElfImage.needing(5, 4095));
    assertMissing(MissingFacts.MALFORMED_ELF, ElfImage.needing(1, 4096));
    assertMissing(MissingFacts.MALFORMED_ELF, ElfImage.needing(100_000, 1));
  }

  private static void copySegment(ElfImage image, int from, int to) {
    int bytes = image.entryBytes();
    System.arraycopy(
        image.bytes(),
        image.headerBytes() + from * bytes,
        image.bytes(),
        image.headerBytes() + to * bytes,
        bytes);
  }

  private static void assertMalformed(Consumer<ElfImage> damage) {
    for (ElfImage image : images()) {
      damage.accept(image);
      assertMissing(MissingFacts.MALFORMED_ELF, image);
    }
  }

  private static void assertMissing(MissingFacts why, ByteSource source) {
    FactsMissingException e =
        assertThrows(FactsMissingException.class, () -> ElfReader.read(source));
    assertEquals(why, e.why(), e.getMessage());
  }

  @Test
  void mutations_giveFactsOrAReasonWithinTheBudget() throws IOException {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(SEED);
    List<byte[]> originals = new ArrayList<>(images().stream().map(ElfImage::bytes).toList());
    originals.add(head(Path.of("/proc/self/exe")));
    int understood = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(originals.get(i % originals.size()).clone(), random);
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        ElfFacts facts = ElfReader.read(bytes(mutated));
        understood++;
        assertTrue(facts.needed().size() <= ElfFacts.MAX_NEEDED);
      } catch (FactsMissingException e) {
        // It has a reason; anything else fails the test.
      }
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < MAX_ALLOCATED_BYTES, i + ": " + allocated + " bytes");
    }
    assertTrue(understood > MUTATIONS / 20, "mutations must get past the first check");
    assertTrue(understood < MUTATIONS * 19 / 20, "mutations must do damage");
  }

  /** A few bytes, most of them in the headers, become what breaks arithmetic, or anything. */
  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] evil = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, (byte) 0xfe};
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(512, bytes.length));
      int run = random.nextInt(4) == 0 ? 8 : 1;
      byte value =
          random.nextBoolean() ? evil[random.nextInt(evil.length)] : (byte) random.nextInt();
      for (int k = at; k < Math.min(at + run, bytes.length); k++) {
        bytes[k] = value;
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(64 << 10);
    }
  }

  /** binutils must agree; the whole machine is read with -Dtrailcam.elf.corpus=DIRECTORY:… */
  @ParameterizedTest
  @CsvSource({"/proc/self/exe", "/usr/bin/env", "/usr/bin/mount", "/usr/bin/perl"})
  void realPrograms_readAsBinutilsReadThem(Path file) throws IOException {
    Readelf.assumeAvailable();
    assertEquals(Readelf.facts(file.toRealPath()), Readelf.ours(file.toRealPath()));
  }

  @Test
  void corpus_readsAsBinutilsReadsIt(TestReporter reporter) throws IOException {
    Readelf.assumeAvailable();
    String directories = System.getProperty("trailcam.elf.corpus");
    assumeTrue(directories != null, "asked for with -Dtrailcam.elf.corpus=DIRECTORY:DIRECTORY");
    List<Path> files = Readelf.corpus(directories);
    List<String> differ = new ArrayList<>();
    for (Path file : files) {
      String theirs = Readelf.facts(file);
      String ours = Readelf.ours(file);
      if (!theirs.equals(ours)) {
        differ.add(file + "\n  binutils " + theirs + "\n  ours     " + ours);
      }
    }
    assertEquals(List.of(), differ, files.size() + " files");
    reporter.publishEntry("equal", files.size() + " of " + files.size());
  }

  private static List<String> texts(List<byte[]> names) {
    return names.stream().map(name -> new String(name, ISO_8859_1)).toList();
  }

  private static ByteSource bytes(byte[] content) {
    return new ElfImage(true, ByteOrder.LITTLE_ENDIAN, content);
  }
}
