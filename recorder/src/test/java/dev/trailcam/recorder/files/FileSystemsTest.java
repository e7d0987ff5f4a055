// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** File systems that are really mounted: ones that hang, and ones that stat shows otherwise. */
@Timeout(60)
final class FileSystemsTest {
  private static final FileKey SOME = new FileKey(1, 1, 1, 1);

  private final FileReading reading = new FileReading(Limits.DEFAULT);

  private final Deque<Closeable> mounted = new ArrayDeque<>();

  @TempDir private Path directory;

  @BeforeEach
  void needRoot() throws IOException {
    TestFiles.assumeRoot();
    directory = directory.toRealPath();
  }

  @AfterEach
  void takeAway() throws IOException {
    while (!mounted.isEmpty()) {
      mounted.pop().close();
    }
  }

  private void mount(Path place, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    command.add(place.toString());
    Process mount = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(mount.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(mount.onExit().join().exitValue() == 0, output);
    mounted.push(() -> TestFiles.run("umount", "-l", place.toString()));
  }

  /** A program that does touch the mount proves that it hangs: it waits until the mount goes. */
  @Test
  void hangingFuse_isNeverTouched() throws IOException {
    Path place = Files.createDirectory(directory.resolve("fuse"));
    mounted.push(HangingFuse.mount(place, directory, HangingFuse.DIRECTORY));
    Process victim = new ProcessBuilder("cat", place + "/tool").redirectErrorStream(true).start();
    List<MissingFacts> why = new ArrayList<>();
    try (FileExaminer examiner = FileExaminer.start()) {
      byte[] path = (place + "/tool").getBytes(UTF_8);
      assertTrue(examiner.offer(new FileRequest(SOME, path, HangingFuse.MAGIC, true)));
      // A path of another file system, where meanwhile this one was mounted.
      FileKey other = new FileKey(1, 2, 1, 1);
      assertTrue(examiner.offer(new FileRequest(other, path, TestFiles.EXT4, true)));
      examiner.finish(Duration.ofSeconds(30)); // if it hung, TOO_SLOW would come out
      examiner.drain(facts -> why.add(facts.why()));
    }
    assertEquals(List.of(MissingFacts.REMOTE_FILE_SYSTEM, MissingFacts.NOT_CACHED), why);
    takeAway();
    String said = new String(victim.getInputStream().readAllBytes(), UTF_8);
    assertTrue(said.contains("abort") || said.contains("not connected"), said);
  }

  @Test
  void hangingFuseOverTheFileItself_isAnotherFile() throws IOException {
    Path file = TestFiles.elf(directory.resolve("tool"));
    FileRequest request = TestFiles.request(file);
    mounted.push(HangingFuse.mount(file, directory, HangingFuse.REGULAR));
    assertEquals(MissingFacts.ANOTHER_FILE, reading.examine(request).why());
    takeAway();
    assertNull(reading.examine(request).why(), "without the mount it is the file again");
  }

  /** Layers on two file systems: stat then shows devices that the superblock does not have. */
  @Test
  void overlay_isRecognizedByWhatTheKernelCallsIt() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    Path merged = Files.createDirectory(directory.resolve("merged"));
    mount(one, "-t", "tmpfs", "one");
    mount(two, "-t", "tmpfs", "two");
    for (String name : List.of("one/upper", "one/work", "one/lower", "two/lower")) {
      Files.createDirectory(directory.resolve(name));
    }
    TestFiles.elf(directory.resolve("one/lower/a"));
    TestFiles.elf(directory.resolve("two/lower/b"));
    String options =
        String.format(
            "xino=off,lowerdir=%s/lower:%s/lower,upperdir=%s/upper,workdir=%s/work",
            one, two, one, one);
    mount(merged, "-t", "overlay", "-o", options, "overlay");
    TestFiles.elf(merged.resolve("c"));
    for (String name : List.of("a", "b", "c")) {
      assertRecognized(merged.resolve(name));
    }
  }

  @Test
  void btrfs_isRecognizedByWhatTheKernelCallsIt() throws IOException {
    String mkfs = TestFiles.run("sh", "-c", "command -v mkfs.btrfs || :").strip();
    assumeTrue(!mkfs.isEmpty(), "needs btrfs-progs");
    Path image = directory.resolve("image");
    Path place = Files.createDirectory(directory.resolve("btrfs"));
    TestFiles.run("truncate", "-s", "200M", image.toString());
    TestFiles.run(mkfs, "-q", image.toString());
    mount(place, "-o", "loop", image.toString());
    assertRecognized(TestFiles.elf(place.resolve("tool")));
  }

  private void assertRecognized(Path file) throws IOException {
    FileKey shown = TestFiles.key(file);
    String[] numbers =
        TestFiles.run("findmnt", "-n", "-o", "MAJ:MIN", "-T", file.toString())
            .strip()
            .split(":", 2);
    long superblock = Long.parseLong(numbers[0]) << 20 | Long.parseLong(numbers[1]);
    assertNotEquals(superblock, shown.dev(), "otherwise this tests nothing");
    FileKey kernels = new FileKey(superblock, shown.inode(), shown.size(), shown.ctimeNs());
    assertNull(examine(file, kernels).why());
    assertEquals(32, examine(file, kernels).sha256().length);

    FileKey otherDevice =
        new FileKey(superblock + (1 << 20), shown.inode(), shown.size(), shown.ctimeNs());
    FileKey otherInode = new FileKey(superblock, shown.inode() + 1, shown.size(), shown.ctimeNs());
    FileKey otherTime = new FileKey(superblock, shown.inode(), shown.size(), shown.ctimeNs() + 1);
    assertEquals(MissingFacts.ANOTHER_FILE, examine(file, otherDevice).why());
    assertEquals(MissingFacts.ANOTHER_FILE, examine(file, otherInode).why());
    assertEquals(MissingFacts.CHANGED, examine(file, otherTime).why());
  }

  private FileFacts examine(Path file, FileKey key) {
    return reading.examine(
        new FileRequest(key, file.toString().getBytes(UTF_8), TestFiles.OVERLAYFS, true));
  }
}
