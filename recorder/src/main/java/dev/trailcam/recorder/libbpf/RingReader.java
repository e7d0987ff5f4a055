// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static java.lang.invoke.MethodHandles.byteBufferViewVarHandle;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * Reads a BPF ring buffer through its memory mapping, without a system call for each record. The
 * kernel maps three things one after the other (kernel/bpf/ringbuf.c):
 *
 * <pre>
 * page 0   consumer position   writable   how far this side has read
 * page 1   producer position   read-only  how far the kernel has reserved
 * page 2…  data                read-only  mapped twice, so that no record wraps around
 * </pre>
 *
 * <p>A record is {@code u32 length | busy bit 31 | discarded bit 30, u32 page offset}, then its
 * bytes, then padding to 8 bytes. Positions only ever grow. Not thread-safe.
 */
public final class RingReader implements AutoCloseable {
  private static final VarHandle INT =
      byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int HEADER_BYTES = 8;
  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final short POLLIN = 1;

  /** 4 KiB on x86-64; arm64 knows 16 and 64 KiB too. */
  private final int pageBytes = Native.libc().getpagesize();

  private final int fd;
  private final long size;
  private final Pointer consumerMapping;
  private final Pointer producerMapping;
  private final ByteBuffer consumer;
  private final ByteBuffer producer;
  private final ByteBuffer data;
  private final Pointer pollDescriptor = Native.allocate(8);

  /** Takes the records of {@link #drain}. */
  @FunctionalInterface
  public interface RecordConsumer {
    /**
     * Called for each record, in the order the kernel reserved them.
     *
     * @param record the record's bytes, valid during the call only
     */
    void accept(ByteBuffer record) throws IOException;
  }

  /**
   * Maps a ring.
   *
   * @param fd the ring buffer map
   * @param size its data size in bytes, a power of two, from a page to 512 MiB
   */
  RingReader(int fd, long size) {
    this.fd = fd;
    this.size = size;
    consumerMapping = map(pageBytes, PROT_READ | PROT_WRITE, 0);
    producerMapping = map(pageBytes + 2 * size, PROT_READ, pageBytes);
    consumer = Native.view(consumerMapping, pageBytes);
    ByteBuffer both = Native.view(producerMapping, pageBytes + 2 * size);
    producer = both.slice(0, pageBytes).order(ByteOrder.nativeOrder());
    data = both.slice(pageBytes, Math.toIntExact(2 * size)).order(ByteOrder.nativeOrder());
    pollDescriptor.putInt(0, fd);
    pollDescriptor.putShort(4, POLLIN);
  }

  private Pointer map(long length, int protection, long offset) {
    Pointer address = Native.libc().mmap(null, length, protection, MAP_SHARED, fd, offset);
    if (address == null || address.address() == -1L) {
      throw new ProbeException(
          "the ring buffer cannot be mapped: " + Native.libc().strerror(Native.errno()),
          "choose a smaller --ring-size");
    }
    return address;
  }

  /**
   * Hands over what is in the ring. Room is given back to the kernel only after the consumer has
   * returned, so a consumer that dies takes nothing with it.
   *
   * @return how many records were handed over
   * @throws IOException from the consumer; the record it failed on stays in the ring
   */
  public long drain(RecordConsumer to) throws IOException {
    long count = 0;
    long position = (long) LONG.getAcquire(consumer, 0);
    long end = (long) LONG.getAcquire(producer, 0);
    while (position < end) {
      int at = (int) (position & (size - 1));
      int header = (int) INT.getAcquire(data, at);
      if ((header & BUSY) != 0) {
        break; // still being written; everything behind it waits
      }
      int length = header & ~(BUSY | DISCARDED);
      if ((header & DISCARDED) == 0) {
        to.accept(data.slice(at + HEADER_BYTES, length).order(ByteOrder.nativeOrder()));
        count++;
      }
      position += (length + HEADER_BYTES + 7L) & ~7L;
      LONG.setRelease(consumer, 0, position);
      if (position == end) {
        end = (long) LONG.getAcquire(producer, 0);
      }
    }
    return count;
  }

  /** Waits until the kernel program asks for a reader, or for that many milliseconds. */
  public void await(int timeoutMillis) {
    Native.libc().poll(pollDescriptor, 1, timeoutMillis);
  }

  @Override
  public void close() {
    Native.libc().munmap(producerMapping, pageBytes + 2 * size);
    Native.libc().munmap(consumerMapping, pageBytes);
  }
}
