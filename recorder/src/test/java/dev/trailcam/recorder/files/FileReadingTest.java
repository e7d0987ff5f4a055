// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands at a path: nothing waits, nothing is believed, every gap has its reason. */
@Timeout(60)
final class FileReadingTest {
  private final FileReading reading = new FileReading(Limits.DEFAULT);

  @TempDir private Path directory;

  @BeforeEach
  void resolve() throws IOException {
    directory = directory.toRealPath();
  }

  @Test
  void program_hasAllItsFacts() throws Exception {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileFacts facts = reading.examine(TestFiles.request(file));
    assertNull(facts.why());
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)), facts.sha256());
    assertArrayEquals(ElfImage.BUILD_ID, facts.buildId());
    assertEquals(ElfImage.INTERPRETER, new String(facts.interpreter(), ISO_8859_1));
    assertEquals(
        ElfImage.NEEDED,
        facts.needed().stream().map(name -> new String(name, ISO_8859_1)).toList());
    assertArrayEquals(file.toString().getBytes(UTF_8), facts.path());
  }

  @Test
  void realProgram_hasTheDigestSha256sumShows() throws IOException {
    Path file = Path.of("/proc/self/exe").toRealPath();
    FileFacts facts = reading.examine(TestFiles.request(file));
    assertNull(facts.why());
    assertEquals(
        TestFiles.run("sha256sum", "--", file.toString()).split(" ", 2)[0],
        HexFormat.of().formatHex(facts.sha256()));
  }

  /** Larger than what is read at once, and no multiple of it. */
  @Test
  void largeFile_isDigestedWhole() throws IOException {
    Path file = directory.resolve("large");
    byte[] content = new byte[1_000_003];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 / 7);
    }
    Files.write(file, content);
    FileFacts facts = reading.examine(TestFiles.request(file));
    assertEquals(MissingFacts.NOT_ELF, facts.why());
    assertNull(facts.needed());
    assertEquals(
        TestFiles.run("sha256sum", "--", file.toString()).split(" ", 2)[0],
        HexFormat.of().formatHex(facts.sha256()));
  }

  @Test
  void looking_leavesNoDescriptorOpen() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest fine = TestFiles.request(file);
    FileRequest changed =
        new FileRequest(new FileKey(fine.key().dev(), 1, 1, 1), fine.path(), 0, true);
    reading.examine(fine);
    long before = descriptors();
    for (int i = 0; i < 100; i++) {
      reading.examine(fine);
      reading.examine(changed);
    }
    assertEquals(before, descriptors());
  }

  private static long descriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }

  @Test
  void fifo_isNotOpened() throws IOException {
    Path fifo = directory.resolve("fifo");
    TestFiles.run("mkfifo", fifo.toString());
    assertOnly(MissingFacts.NOT_REGULAR, TestFiles.request(fifo));
  }

  @Test
  void fifoInPlaceOfTheFile_isAnotherFile() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest request = TestFiles.request(file);
    Files.move(file, directory.resolve("elsewhere"));
    TestFiles.run("mkfifo", file.toString());
    assertOnly(MissingFacts.ANOTHER_FILE, request);
  }

  /** Opening it without O_NONBLOCK waits until the holder gives the lease back, up to 45 s. */
  @Test
  void leasedFile_isNotWaitedFor() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "needs perl");
    Path file = TestFiles.elf(directory.resolve("leased"));
    String lease = "$SIG{IO} = sub {}; fcntl(F, 1024, 1) or exit 1; print qq(leased\\n);";
    Process holder =
        new ProcessBuilder(
                "perl",
                "-e",
                "open F, '+<', $ARGV[0]; $| = 1; " + lease + " 1 while !eof STDIN;",
                file.toString())
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8))) {
      assertEquals("leased", said.readLine());
      assertOnly(MissingFacts.NOT_CACHED, TestFiles.request(file));
    } finally {
      holder.destroy();
    }
  }

  @Test
  void directoryAndDevice_areNotOpened() throws IOException {
    assertOnly(MissingFacts.NOT_REGULAR, TestFiles.request(directory));
    assertOnly(MissingFacts.NOT_REGULAR, TestFiles.request(Path.of("/dev/null")));
  }

  @Test
  void sparseFileOfOneTebibyte_isNotDigestedButRead() throws IOException {
    Path file = TestFiles.elf(directory.resolve("sparse"));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(1L << 40);
    }
    FileFacts facts = reading.examine(TestFiles.request(file));
    assertEquals(MissingFacts.TOO_LARGE, facts.why());
    assertNull(facts.sha256());
    assertArrayEquals(ElfImage.BUILD_ID, facts.buildId());
    assertEquals(2, facts.needed().size());
  }

  @Test
  void timeThatIsUp_isTold() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    Limits noTime = new Limits(1 << 20, Duration.ZERO, 1, 1);
    FileFacts facts = new FileReading(noTime).examine(TestFiles.request(file));
    assertMissing(MissingFacts.TOO_SLOW, facts);
  }

  @Test
  void deletedFile_isGone() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest request = TestFiles.request(file);
    Files.delete(file);
    // The kernel may have forgotten the name altogether; then it would have to ask the disk.
    FileFacts facts = reading.examine(request);
    assertMissing(
        facts.why() == MissingFacts.NOT_CACHED ? MissingFacts.NOT_CACHED : MissingFacts.GONE,
        facts);
  }

  @Test
  void swappedFile_isAnotherFile() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest request = TestFiles.request(file);
    Path other = TestFiles.elf(directory.resolve("other"));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertOnly(MissingFacts.ANOTHER_FILE, request);
  }

  @Test
  void symbolicLinks_areNotFollowed() throws IOException {
    Path file = TestFiles.elf(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path through = Files.createSymbolicLink(directory.resolve("dir"), directory);
    FileKey key = TestFiles.key(file);
    assertOnly(MissingFacts.ANOTHER_FILE, TestFiles.request(link, key));
    assertOnly(MissingFacts.ANOTHER_FILE, TestFiles.request(through.resolve("real"), key));
    String magic = "/proc/self/cwd" + file;
    assertOnly(MissingFacts.ANOTHER_FILE, TestFiles.request(Path.of(magic), key));
  }

  @Test
  void rewrittenFile_isChanged() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest request = TestFiles.request(file);
    touchUntilSeen(file);
    assertOnly(MissingFacts.CHANGED, request);
  }

  /** The digest is where the examiner is in the middle of the file. */
  @Test
  void fileChangedWhileRead_isChanged() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileFacts facts =
        new FileReading(Limits.DEFAULT, new Interrupting(() -> touchUntilSeen(file)))
            .examine(TestFiles.request(file));
    assertMissing(MissingFacts.CHANGED, facts);
  }

  @Test
  void fileCutWhileRead_isChanged() throws IOException {
    Path file = directory.resolve("tool");
    Files.write(file, new byte[300_000]);
    FileFacts facts =
        new FileReading(Limits.DEFAULT, new Interrupting(() -> write(file, new byte[10])))
            .examine(TestFiles.request(file));
    assertMissing(MissingFacts.CHANGED, facts);
  }

  @Test
  void truncatedElf_isMalformedAndStillDigested() throws IOException {
    Path file = directory.resolve("cut");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(TestFiles.elf(file)), 300));
    FileFacts facts = reading.examine(TestFiles.request(file));
    assertEquals(MissingFacts.MALFORMED_ELF, facts.why());
    assertEquals(32, facts.sha256().length);
    assertNull(facts.buildId());
    assertNull(facts.needed());
    assertNull(facts.interpreter());
  }

  @Test
  void emptyFile_hasADigest() throws IOException {
    FileFacts facts =
        reading.examine(TestFiles.request(Files.createFile(directory.resolve("empty"))));
    assertEquals(MissingFacts.NOT_ELF, facts.why());
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        HexFormat.of().formatHex(facts.sha256()));
  }

  @Test
  void nameThatIsNoText_isFound() throws IOException {
    // Java itself could not open this one.
    TestFiles.run(
        "sh", "-c", "printf '#!' > \"$1/$(printf '\\377\\n x')\"", "sh", directory.toString());
    TestFiles.run("sh", "-c", "ln \"$1\"/* \"$1/hard\"", "sh", directory.toString());
    FileKey key = TestFiles.key(directory.resolve("hard"));
    byte[] prefix = (directory + "/").getBytes(UTF_8);
    byte[] path = Arrays.copyOf(prefix, prefix.length + 4);
    System.arraycopy(new byte[] {(byte) 0xff, '\n', ' ', 'x'}, 0, path, prefix.length, 4);
    FileFacts facts = reading.examine(new FileRequest(key, path, TestFiles.EXT4, true));
    assertEquals(MissingFacts.NOT_ELF, facts.why());
    assertEquals(32, facts.sha256().length);
  }

  @Test
  void longPath_isRefused() throws IOException {
    byte[] path = new byte[4096];
    Arrays.fill(path, (byte) '/');
    FileFacts facts =
        reading.examine(new FileRequest(new FileKey(1, 1, 1, 1), path, TestFiles.EXT4, true));
    assertEquals(MissingFacts.NO_PATH, facts.why());
  }

  private void assertOnly(MissingFacts why, FileRequest request) {
    assertMissing(why, reading.examine(request));
  }

  private static void assertMissing(MissingFacts why, FileFacts facts) {
    assertEquals(why, facts.why());
    assertNull(facts.sha256());
    assertNull(facts.buildId());
    assertNull(facts.needed());
    assertNull(facts.interpreter());
  }

  /** Writes the same bytes again until the file system's clock has moved on. */
  private static void touchUntilSeen(Path file) {
    try {
      FileKey before = TestFiles.key(file);
      byte[] content = Files.readAllBytes(file);
      do {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
          out.write(content);
        }
      } while (TestFiles.key(file).equals(before));
      assertEquals(before.size(), TestFiles.key(file).size());
      assertNotEquals(before.ctimeNs(), TestFiles.key(file).ctimeNs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A digest during whose first update something happens to the file. */
  private static final class Interrupting extends MessageDigest {
    private final Runnable event;
    private boolean happened;

    Interrupting(Runnable event) {
      super("none");
      this.event = event;
    }

    @Override
    protected void engineUpdate(byte input) {
      throw new AssertionError("whole buffers only");
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      if (!happened) {
        happened = true;
        event.run();
      }
    }

    @Override
    protected byte[] engineDigest() {
      return new byte[32];
    }

    @Override
    protected void engineReset() {}
  }
}
