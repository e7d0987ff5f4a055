// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import dev.trailcam.capture.CaptureLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Appends frames to a new spool file. What was flushed survives the death of this process, what was
 * synced survives the death of the machine. After a failed write or sync the state of the file is
 * unknown, so every further call fails. For one thread.
 */
public final class SpoolWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long bytes;
  private long frames;
  private IOException failure;

  private SpoolWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates a file, mode 0600, its name and header on the disk.
   *
   * @param spoolDir existing directory
   * @param number from 1
   * @throws java.nio.file.FileAlreadyExistsException if something has its name, a link included
   */
  public static SpoolWriter create(Path spoolDir, int number, String captureId) throws IOException {
    ByteBuffer header = SpoolFormat.header(number, captureId);
    FileChannel channel =
        FileChannel.open(
            spoolDir.resolve(CaptureLayout.spoolName(number)),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      SpoolWriter writer = new SpoolWriter(channel);
      writer.bytes = header.remaining();
      writer.writeFully(header);
      writer.sync();
      try (FileChannel directory = FileChannel.open(spoolDir)) {
        directory.force(true);
      }
      return writer;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends a frame with the bytes between the payload's position and limit, and leaves both.
   *
   * @throws IllegalArgumentException if there are more than 16 MiB
   * @throws IOException if this or an earlier write failed
   */
  public void append(FrameKind kind, ByteBuffer payload) throws IOException {
    requireWhole();
    int length = payload.remaining();
    if (length > SpoolFormat.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("a frame of " + length + " bytes");
    }
    int frame = SpoolFormat.FRAME_HEADER_BYTES + length;
    if (frame > buffer.remaining()) {
      flush();
    }
    boolean fits = frame <= buffer.capacity();
    int start = buffer.position();
    buffer.putInt(0).putInt(length).putLong(frames).put(kind.code());
    crc.reset();
    if (fits) {
      buffer.put(payload.duplicate());
      crc.update(buffer.slice(start + SpoolFormat.CRC_BYTES, frame - SpoolFormat.CRC_BYTES));
    } else {
      crc.update(
          buffer.slice(
              start + SpoolFormat.CRC_BYTES,
              SpoolFormat.FRAME_HEADER_BYTES - SpoolFormat.CRC_BYTES));
      crc.update(payload.duplicate());
    }
    buffer.putInt(start, (int) crc.getValue());
    if (!fits) {
      flush();
      writeFully(payload.duplicate());
    }
    frames++;
    bytes += frame;
  }

  /** Hands everything appended to the kernel. */
  public void flush() throws IOException {
    writeFully(buffer.flip());
    buffer.clear();
  }

  /** Flushes, and forces what was flushed to the disk. */
  public void sync() throws IOException {
    flush();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Size of the file once it is flushed. */
  public long bytes() {
    return bytes;
  }

  /** Frames appended. */
  public long frames() {
    return frames;
  }

  /** Syncs and closes. The file is closed even when that fails. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (failure == null && channel.isOpen()) {
        sync();
      }
    }
  }

  private void writeFully(ByteBuffer from) throws IOException {
    requireWhole();
    try {
      while (from.hasRemaining()) {
        channel.write(from);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException cause) {
    failure = cause;
    return cause;
  }

  private void requireWhole() throws IOException {
    if (failure != null) {
      throw new IOException("the spool failed before: " + failure.getMessage(), failure);
    }
  }
}
