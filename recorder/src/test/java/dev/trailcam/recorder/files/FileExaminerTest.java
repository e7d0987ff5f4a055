// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queue between two threads; what is found out about a file is another test's matter. */
@Timeout(60)
final class FileExaminerTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int WAITING = 8;
  private static final int REMEMBERED = 20;
  private static final Limits LIMITS =
      new Limits(1 << 20, Duration.ofSeconds(10), WAITING, REMEMBERED);

  /** Answers with one reason, and stops at a gate that a test may close. */
  private static final class Gated implements Examination {
    private final ConcurrentLinkedQueue<Long> examined = new ConcurrentLinkedQueue<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch gate;
    private final MissingFacts answer;

    Gated(boolean open, MissingFacts answer) {
      this.gate = new CountDownLatch(open ? 0 : 1);
      this.answer = answer;
    }

    @Override
    public FileFacts examine(FileRequest request) {
      reached.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      examined.add(request.key().inode());
      return FileFacts.missing(request, answer);
    }
  }

  private static FileExaminer start(Examination examination) {
    return FileExaminer.start(LIMITS, () -> examination);
  }

  private static FileRequest request(long inode) {
    return new FileRequest(
        new FileKey(1, inode, 1, 1), "/usr/bin/tool".getBytes(UTF_8), TestFiles.EXT4, true);
  }

  /** What comes out, as INODE REASON. */
  private static List<String> drain(FileExaminer examiner) throws IOException {
    List<String> out = new ArrayList<>();
    examiner.drain(facts -> out.add(facts.key().inode() + " " + facts.why()));
    return out;
  }

  /** Waits, without a clock, until everything that was offered has come out. */
  private static List<String> drain(FileExaminer examiner, int count) throws IOException {
    List<String> out = new ArrayList<>();
    while (out.size() < count) {
      out.addAll(drain(examiner));
      Thread.onSpinWait();
    }
    return out;
  }

  @Test
  void knownFiles_areIgnored() throws IOException {
    Gated examination = new Gated(true, MissingFacts.NOT_ELF);
    try (FileExaminer examiner = start(examination)) {
      for (int i = 0; i < 5; i++) {
        assertTrue(examiner.offer(request(1)));
      }
      assertFalse(examiner.wants(request(1).key()));
      assertTrue(examiner.wants(request(2).key()));
      assertEquals(List.of("1 NOT_ELF"), drain(examiner, 1));
      assertTrue(examiner.offer(request(1)));
      assertTrue(examiner.offer(request(2)));
      assertEquals(List.of("2 NOT_ELF"), drain(examiner, 1));
    }
    assertEquals(List.of(1L, 2L), List.copyOf(examination.examined));
  }

  @Test
  void fullQueue_refusesUntilItIsDrained() throws Exception {
    Gated examination = new Gated(false, MissingFacts.NOT_ELF);
    try (FileExaminer examiner = start(examination)) {
      for (int i = 0; i < WAITING; i++) {
        assertTrue(examiner.offer(request(i)));
      }
      assertFalse(examiner.offer(request(100)));
      assertTrue(examiner.wants(request(100).key()), "what was refused is not known");
      assertTrue(examiner.offer(request(0)), "known all the same");
      FileRequest memfd = new FileRequest(new FileKey(1, 200, 1, 1), null, 0, false);
      assertFalse(examiner.offer(memfd), "also what needs no looking at takes room");
      assertEquals(List.of(), drain(examiner));
      examination.gate.countDown();
      assertEquals(WAITING, drain(examiner, WAITING).size());
      assertTrue(examiner.offer(request(100)));
    }
  }

  @Test
  void memory_endsSomewhere() throws IOException {
    Gated examination = new Gated(true, MissingFacts.NOT_ELF);
    try (FileExaminer examiner = start(examination)) {
      for (int i = 0; i < 10 * REMEMBERED; i++) {
        assertTrue(examiner.offer(request(i)));
        drain(examiner, 1);
      }
      int known = 0;
      for (int i = 0; i < 10 * REMEMBERED; i++) {
        known += examiner.wants(request(i).key()) ? 0 : 1;
      }
      assertEquals(REMEMBERED, known);
      assertFalse(examiner.wants(request(10 * REMEMBERED - 1).key()), "the last is known");
      assertTrue(examiner.wants(request(0).key()), "the first is forgotten");
    }
  }

  @Test
  void filesInUse_areNotForgotten() throws IOException {
    try (FileExaminer examiner = start(new Gated(true, MissingFacts.NOT_ELF))) {
      for (int i = 0; i < 10 * REMEMBERED; i++) {
        examiner.offer(request(i));
        drain(examiner, 1);
        assertFalse(examiner.wants(request(0).key()), "executed again and again");
      }
    }
  }

  @Test
  void whatMaySucceedLater_isTriedThreeTimes() throws IOException {
    Gated examination = new Gated(true, MissingFacts.NOT_CACHED);
    try (FileExaminer examiner = start(examination)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(examiner.wants(request(1).key()));
        examiner.offer(request(1));
        assertEquals(List.of("1 NOT_CACHED"), drain(examiner, 1));
      }
      assertFalse(examiner.wants(request(1).key()));
      examiner.offer(request(1));
    }
    assertEquals(List.of(1L, 1L, 1L), List.copyOf(examination.examined));
  }

  @Test
  void whatMayNotBeTouched_isToldAtOnce() throws Exception {
    Gated examination = new Gated(false, MissingFacts.NOT_ELF);
    try (FileExaminer examiner = start(examination)) {
      byte[] path = "/usr/bin/tool".getBytes(UTF_8);
      examiner.offer(request(1));
      examiner.offer(new FileRequest(new FileKey(1, 2, 1, 1), path, TestFiles.EXT4, false));
      examiner.offer(new FileRequest(new FileKey(1, 3, 1, 1), null, TestFiles.EXT4, true));
      examiner.offer(
          new FileRequest(new FileKey(1, 4, 1, 1), "bin/tool".getBytes(UTF_8), 0xEF53, true));
      examiner.offer(new FileRequest(new FileKey(1, 5, 1, 1), new byte[4096], 0xEF53, true));
      examiner.offer(new FileRequest(new FileKey(1, 6, 1, 1), path, 0x6969, true)); // NFS
      examiner.offer(new FileRequest(new FileKey(1, 7, 1, 1), path, HangingFuse.MAGIC, true));
      examiner.offer(new FileRequest(new FileKey(1, 8, 1, 1), path, 0, true));
      assertEquals(
          List.of(
              "2 MEMFD_OR_DELETED",
              "3 NO_PATH",
              "4 NO_PATH",
              "5 NO_PATH",
              "6 REMOTE_FILE_SYSTEM",
              "7 REMOTE_FILE_SYSTEM",
              "8 REMOTE_FILE_SYSTEM"),
          drain(examiner));
      examination.gate.countDown();
    }
  }

  @Test
  void fileThatHangs_isToldAsTooSlowAndTheRestAsBusy() throws Exception {
    Gated examination = new Gated(false, MissingFacts.NOT_ELF);
    FileExaminer examiner = start(examination);
    for (int i = 0; i < 4; i++) {
      examiner.offer(request(i));
    }
    examination.reached.await();
    examiner.finish(Duration.ofMillis(1));
    List<String> expected = List.of("0 TOO_SLOW", "1 BUSY", "2 BUSY", "3 BUSY");
    assertEquals(expected, drain(examiner));
    examination.gate.countDown();
    examiner.close();
    assertEquals(List.of(), drain(examiner), "nothing is told twice");
    assertFalse(examiner.offer(request(5)), "nothing is taken that nobody would examine");
    assertTrue(examination.examined.size() <= 1, "it stopped");
  }

  @Test
  void finish_waitsForWhatWasOffered() throws IOException {
    FileExaminer examiner = start(new Gated(true, MissingFacts.NOT_ELF));
    for (int i = 0; i < WAITING; i++) {
      examiner.offer(request(i));
    }
    examiner.finish(LONG);
    assertEquals(WAITING, drain(examiner).stream().filter(s -> s.endsWith("NOT_ELF")).count());
  }

  @Test
  void mistakeOfOurs_costsOneFileItsFacts() throws IOException {
    FileExaminer examiner =
        start(
            request -> {
              if (request.key().inode() == 1) {
                throw new IllegalStateException("a mistake");
              }
              return FileFacts.missing(request, MissingFacts.NOT_ELF);
            });
    for (int i = 0; i < 3; i++) {
      examiner.offer(request(i));
    }
    examiner.finish(LONG);
    assertEquals(List.of("0 NOT_ELF", "1 FAILED", "2 NOT_ELF"), drain(examiner));
  }

  @Test
  void consumerThatFails_losesOnlyWhatItWasGiven() throws IOException {
    FileExaminer examiner = start(new Gated(true, MissingFacts.NOT_ELF));
    examiner.offer(request(0));
    examiner.offer(request(1));
    examiner.finish(LONG);
    assertThrows(
        IOException.class,
        () ->
            examiner.drain(
                facts -> {
                  throw new IOException("disk full");
                }));
    assertEquals(List.of("1 NOT_ELF"), drain(examiner));
  }

  /** Whatever is offered and drained in whatever order: accepted once, told once. */
  @Test
  void everythingAccepted_isToldExactlyOnce() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      List<String> accepted = new ArrayList<>();
      List<String> told = new ArrayList<>();
      Limits roomy = new Limits(1, Duration.ofSeconds(1), WAITING, 10_000);
      FileExaminer examiner =
          FileExaminer.start(roomy, () -> new Gated(true, MissingFacts.NOT_ELF));
      for (int i = 0; i < 200; i++) {
        FileRequest request = request(random.nextInt(150));
        if (examiner.wants(request.key()) && examiner.offer(request)) {
          accepted.add(Long.toString(request.key().inode()));
        }
        if (random.nextInt(4) == 0) {
          examiner.drain(facts -> told.add(Long.toString(facts.key().inode())));
        }
      }
      examiner.finish(random.nextBoolean() ? LONG : Duration.ZERO);
      examiner.drain(facts -> told.add(Long.toString(facts.key().inode())));
      assertEquals(accepted, told);
    }
  }

  @Test
  void realFile_isExaminedByARealThread(@TempDir Path directory) throws IOException {
    Path file = TestFiles.elf(directory.toRealPath().resolve("tool"));
    List<FileFacts> facts = new ArrayList<>();
    try (FileExaminer examiner = FileExaminer.start()) {
      assertTrue(examiner.offer(TestFiles.request(file)));
      examiner.finish(LONG);
      examiner.drain(facts::add);
    }
    assertEquals(1, facts.size());
    assertEquals(null, facts.get(0).why());
    assertEquals(Files.size(file), facts.get(0).key().size());
  }
}
