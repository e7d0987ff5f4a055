// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.files.PrivateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;

/**
 * Copies of evidence that cannot be opened by a path where it lies, in a directory of mode 0700
 * that comes with the first of them. They are gone when this is closed, and at the latest when the
 * program ends, also when the user interrupts it. Safe for several threads.
 */
public final class PrivateCopies implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Thread atTheEnd = new Thread(this::remove, "copies");
  private PrivateDirectory directory;
  private boolean closed;
  private int number;

  /**
   * Copies a stream, hashing what is written.
   *
   * @param limit no more than this many bytes and one are copied, so that a stream that is longer
   *     shows as such
   * @throws CancellationException if this is closed, as it is when the program is interrupted
   */
  CapturePlace.Fetched copy(InputStream in, long limit) throws IOException {
    Path file = next();
    MessageDigest digest = sha256();
    long bytes = 0;
    try (OutputStream out = create(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (bytes <= limit) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, limit - bytes + 1));
        if (n < 0) {
          break;
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        bytes += n;
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new CapturePlace.Fetched(file, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** The name is ours: no name from outside becomes part of a path. */
  private synchronized Path next() throws IOException {
    requireOpen();
    if (directory == null) {
      directory = new PrivateDirectory();
      Runtime.getRuntime().addShutdownHook(atTheEnd);
    }
    number++;
    return directory.path().resolve("copy-" + number + ".parquet");
  }

  /** Under the same lock as the removal, which so misses no file. */
  private synchronized OutputStream create(Path file) throws IOException {
    requireOpen();
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  private void requireOpen() {
    if (closed) {
      throw new CancellationException("interrupted");
    }
  }

  private synchronized void remove() {
    closed = true;
    if (directory == null) {
      return;
    }
    try {
      directory.close();
    } catch (IOException e) {
      // Nothing is left that could be done about it.
      System.err.println("trailcam: " + directory.path() + " could not be removed");
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      return; // the hook is at work
    }
    remove();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
