// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.remote;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system that is not this machine's, with addresses {@code strict://store/…}: it shows what
 * is below a directory, gives no more bytes at once than it likes to, refuses to write, and answers
 * one call wrongly when told to.
 */
public final class StrictFileSystem extends FileSystem {
  /** What may become of a call. */
  public enum Fault {
    NONE,
    /** It fails at once. */
    REFUSED,
    /** A listing lacks what comes last, a file seems to end here. */
    CUT_SHORT,
    /** The connection is gone, in the middle of a listing or after some of the bytes. */
    HUNG_UP
  }

  private static final URI ADDRESS = URI.create("strict://store");
  private static final int MOST_AT_ONCE = 1_000;

  private static java.nio.file.Path root;
  private static Fault fault = Fault.NONE;
  private static int faulty;
  private static int calls;
  private static int open;
  private static final List<String> NAMES = new ArrayList<>();

  /** Shows a directory from now on, faultlessly. */
  public static synchronized void show(java.nio.file.Path directory) {
    root = directory;
    fail(0, Fault.NONE);
  }

  /** Makes the call of the given number fail, counted from 1 and from now on. */
  public static synchronized void fail(int call, Fault how) {
    fault = how;
    faulty = call;
    calls = 0;
    open = 0;
    NAMES.clear();
  }

  /** Calls since the last time it was told anything. */
  public static synchronized int calls() {
    return calls;
  }

  /** Files that were opened since and not closed. */
  public static synchronized int open() {
    return open;
  }

  private static synchronized Fault call(String what) throws IOException {
    calls++;
    if (calls != faulty) {
      return Fault.NONE;
    }
    if (fault == Fault.REFUSED) {
      throw new IOException(what + " was refused");
    }
    return fault;
  }

  private static void reached(Fault answer) throws IOException {
    if (answer == Fault.HUNG_UP) {
      throw new EOFException("connection reset");
    }
  }

  /** Names of the files that were opened since. */
  public static synchronized List<String> names() {
    return List.copyOf(NAMES);
  }

  private static synchronized void opened(int more) {
    open += more;
  }

  private static java.nio.file.Path local(Path path) {
    return root.resolve(path.toUri().getPath().substring(1));
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    if (!"store".equals(name.getHost())) {
      throw new IOException("there is no host " + name.getHost());
    }
    super.initialize(name, configuration);
    setConf(configuration);
  }

  @Override
  public String getScheme() {
    return "strict";
  }

  @Override
  public URI getUri() {
    return ADDRESS;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    reached(call("a look at " + path));
    return status(local(path), path);
  }

  private static FileStatus status(java.nio.file.Path file, Path path) throws IOException {
    if (!Files.exists(file)) {
      throw new FileNotFoundException(path + " is not there");
    }
    boolean directory = Files.isDirectory(file);
    return new FileStatus(
        directory ? 0 : Files.size(file),
        directory,
        1,
        1 << 20,
        Files.getLastModifiedTime(file).toMillis(),
        path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    Fault answer = call("a listing of " + path);
    FileStatus[] all;
    try (Stream<java.nio.file.Path> files = Files.list(local(path))) {
      all = files.sorted().map(file -> child(path, file)).toArray(FileStatus[]::new);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new FileNotFoundException(path + " is not there");
    }
    return switch (answer) {
      case NONE, REFUSED -> all;
      case CUT_SHORT -> Arrays.copyOf(all, Math.max(0, all.length - 1));
      case HUNG_UP -> throw new EOFException("connection reset while " + path + " was listed");
    };
  }

  private static FileStatus child(Path path, java.nio.file.Path file) {
    try {
      return status(file, new Path(path, new Path(null, null, file.getFileName().toString())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    reached(call("opening " + path));
    synchronized (StrictFileSystem.class) {
      NAMES.add(path.getName());
    }
    if (Files.isDirectory(local(path))) {
      throw new IOException(path + " is a directory");
    }
    if (!Files.exists(local(path))) {
      throw new FileNotFoundException(path + " is not there");
    }
    return new FSDataInputStream(new Content(path));
  }

  /** Bytes of a file; a read is a call. */
  private static final class Content extends FSInputStream {
    private final RandomAccessFile file;
    private final Path path;
    private boolean ended;
    private boolean closed;

    Content(Path path) throws IOException {
      this.path = path;
      this.file = new RandomAccessFile(local(path).toFile(), "r");
      opened(1);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      if (closed) {
        throw new AssertionError(path + " was closed");
      }
      Fault answer = call("reading " + path);
      if (answer == Fault.HUNG_UP) {
        throw new EOFException("connection reset while " + path + " was read");
      }
      ended |= answer == Fault.CUT_SHORT;
      return ended ? -1 : file.read(buffer, from, Math.min(length, MOST_AT_ONCE));
    }

    @Override
    public void seek(long position) throws IOException {
      if (position > file.length()) {
        throw new EOFException(path + " ends before " + position);
      }
      file.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return file.getFilePointer();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        opened(-1);
        file.close();
      }
    }
  }

  private static IOException written() {
    throw new AssertionError("evidence was written to");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    throw written();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    throw written();
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw written();
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    throw written();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    throw written();
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new AssertionError("nobody works here");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(ADDRESS + "/");
  }
}
