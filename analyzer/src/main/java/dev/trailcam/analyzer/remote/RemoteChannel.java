// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.remote;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of a remote file system that can be read from any place. Not safe for several threads. */
final class RemoteChannel implements SeekableByteChannel {
  private static final int MOST_AT_ONCE = 1 << 16;

  private final FSDataInputStream in;
  private final long size;
  private long position;
  private boolean closed;

  /** The stream is closed with this; the size is what was listed. */
  RemoteChannel(FSDataInputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    if (in.getPos() != position) {
      in.seek(position);
    }
    byte[] buffer =
        new byte[(int) Math.min(Math.min(target.remaining(), MOST_AT_ONCE), size - position)];
    int n = in.read(buffer);
    if (n < 0) {
      throw new EOFException("ends after " + position + " bytes, and was listed with " + size);
    }
    target.put(buffer, 0, n);
    position += n;
    return n;
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      in.close();
    }
  }
}
