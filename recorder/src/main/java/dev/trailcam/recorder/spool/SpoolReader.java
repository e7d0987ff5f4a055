// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Reads the frames of a spool file up to the first bad one. Content never makes it throw: {@link
 * #end()} says where and why it stopped. For one thread.
 */
public final class SpoolReader implements Closeable {
  private static final int WINDOW_BYTES = 1 << 20;

  private final FileChannel channel;
  private final Optional<SpoolHeader> header;
  private final CRC32C crc = new CRC32C();

  /** A part of the file, from {@link #windowAt}; grows to the largest frame. */
  private ByteBuffer window;

  private long windowAt;
  private long position;
  private long frames;
  private SpoolEnd end;

  private FrameKind kind;
  private long payloadAt;
  private int payloadBytes;

  private SpoolReader(FileChannel channel) throws IOException {
    this.channel = channel;
    int most = SpoolFormat.HEADER_FIXED_BYTES + SpoolFormat.MAX_ID_BYTES + SpoolFormat.CRC_BYTES;
    window = emptyWindow((int) Math.max(most, Math.min(WINDOW_BYTES, channel.size())));
    load(0, most);
    header = Optional.ofNullable(SpoolFormat.readHeader(window));
    header.ifPresent(found -> position = found.bytes());
    if (header.isEmpty()) {
      end(SpoolEnd.Reason.BAD_HEADER);
    }
  }

  /**
   * Opens a file; links are not followed.
   *
   * @throws IOException if it cannot be read; never because of what is in it
   */
  public static SpoolReader open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      return new SpoolReader(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Empty when the file does not begin with a good header; then it has no frames either. */
  public Optional<SpoolHeader> header() {
    return header;
  }

  /**
   * Goes to the next frame.
   *
   * @return false when there is no more good one
   */
  public boolean next() throws IOException {
    if (end != null) {
      return false;
    }
    if (!load(position, SpoolFormat.FRAME_HEADER_BYTES)) {
      return end(channel.size() > position ? SpoolEnd.Reason.TORN : SpoolEnd.Reason.COMPLETE);
    }
    int length = window.getInt(at(position) + SpoolFormat.LENGTH_AT);
    if (length < 0 || length > SpoolFormat.MAX_PAYLOAD_BYTES) {
      return end(SpoolEnd.Reason.BAD_LENGTH);
    }
    int frame = SpoolFormat.FRAME_HEADER_BYTES + length;
    if (!load(position, frame)) {
      return end(SpoolEnd.Reason.TORN);
    }
    int start = at(position);
    crc.reset();
    crc.update(window.slice(start + SpoolFormat.CRC_BYTES, frame - SpoolFormat.CRC_BYTES));
    if (window.getInt(start) != (int) crc.getValue()) {
      return end(SpoolEnd.Reason.BAD_CHECKSUM);
    }
    if (window.getLong(start + SpoolFormat.NUMBER_AT) != frames) {
      return end(SpoolEnd.Reason.BAD_NUMBER);
    }
    kind = FrameKind.of(window.get(start + SpoolFormat.KIND_AT));
    if (kind == null) {
      return end(SpoolEnd.Reason.BAD_KIND);
    }
    payloadAt = position + SpoolFormat.FRAME_HEADER_BYTES;
    payloadBytes = length;
    position += frame;
    frames++;
    return true;
  }

  /** Kind of the frame {@link #next()} went to. */
  public FrameKind kind() {
    return kind;
  }

  /** Where the frame's payload is in the file, for {@link #read}. */
  public long payloadAt() {
    return payloadAt;
  }

  /** Length of the frame's payload. */
  public int payloadBytes() {
    return payloadBytes;
  }

  /** The frame's payload; valid until the next call. */
  public ByteBuffer payload() {
    return window.slice(at(payloadAt), payloadBytes);
  }

  /**
   * Reads a payload again that {@link #next()} found good before.
   *
   * @return valid until the next call
   * @throws IOException if the file has become shorter
   */
  public ByteBuffer read(long at, int length) throws IOException {
    if (!load(at, length)) {
      throw new IOException("the spool has become shorter while it was read");
    }
    return window.slice(at(at), length);
  }

  /**
   * Where and why reading ended.
   *
   * @throws IllegalStateException before {@link #next()} returned false
   */
  public SpoolEnd end() {
    if (end == null) {
      throw new IllegalStateException("there may be more frames");
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private boolean end(SpoolEnd.Reason reason) throws IOException {
    end = new SpoolEnd(frames, position, Math.max(0, channel.size() - position), reason);
    return false;
  }

  private int at(long filePosition) {
    return (int) (filePosition - windowAt);
  }

  /** Makes the window hold that part of the file; false if the file has less. */
  private boolean load(long from, int length) throws IOException {
    if (from >= windowAt && from + length <= windowAt + window.limit()) {
      return true;
    }
    if (length > window.capacity()) {
      if (from + length > channel.size()) {
        return false;
      }
      window = emptyWindow(length);
    }
    windowAt = from;
    window.clear();
    while (window.hasRemaining()) {
      if (channel.read(window, from + window.position()) < 0) {
        break;
      }
    }
    window.flip();
    return window.limit() >= length;
  }

  private static ByteBuffer emptyWindow(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }
}
