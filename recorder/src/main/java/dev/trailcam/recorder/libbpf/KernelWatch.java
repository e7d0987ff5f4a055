// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import dev.trailcam.recorder.wire.WireLayout.Counters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * The kernel program at work, as who only reads from it sees it: two mappings, and the descriptors
 * that keep it attached. Needs no right to anything; whoever loaded the program may be gone. Drain
 * {@link #ring()} as long as needed, {@link #detach}, drain what is left, read {@link #counters()}
 * a last time, {@link #close}.
 */
public final class KernelWatch implements AutoCloseable {
  private static final int PROT_READ = 1;
  private static final int MAP_SHARED = 1;

  // include/uapi/linux/membarrier.h
  private static final int MEMBARRIER_CMD_GLOBAL = 1;

  private final Handles handles;
  private final List<Integer> links;
  private final RingReader ring;
  private final Pointer countersMapping;
  private final ByteBuffer counters;

  /**
   * What a watch consists of, to be handed from one program to the next.
   *
   * @param ring descriptor of the ring buffer
   * @param ringBytes its size
   * @param counters descriptor of the counters
   * @param cpus processors the machine could have, from 1
   * @param links descriptors that keep the programs attached
   */
  public record Handles(int ring, long ringBytes, int counters, int cpus, List<Integer> links) {
    public Handles {
      links = List.copyOf(links);
    }

    /** Every descriptor. */
    public List<Integer> descriptors() {
      List<Integer> all = new ArrayList<>(List.of(ring, counters));
      all.addAll(links);
      return all;
    }
  }

  private KernelWatch(Handles handles) {
    this.handles = handles;
    this.links = new ArrayList<>(handles.links());
    this.ring = new RingReader(handles.ring(), handles.ringBytes());
    this.countersMapping =
        Native.libc().mmap(null, countersBytes(), PROT_READ, MAP_SHARED, handles.counters(), 0);
    if (countersMapping == null || countersMapping.address() == -1L) {
      throw new ProbeException(
          "the counters cannot be mapped: " + Native.libc().strerror(Native.errno()),
          "run 'trailcam doctor' to see what is missing");
    }
    this.counters = Native.view(countersMapping, countersBytes()).order(ByteOrder.nativeOrder());
  }

  /**
   * Takes over a watch; {@link #close} closes its descriptors.
   *
   * @throws ProbeException if the ring or the counters cannot be mapped
   */
  public static KernelWatch open(Handles handles) {
    return new KernelWatch(handles);
  }

  private long countersBytes() {
    long bytes = (long) handles.cpus() * Counters.LAYOUT.bytes();
    int page = Native.libc().getpagesize();
    return (bytes + page - 1) / page * page;
  }

  /** The ring; drain it from one thread only. */
  public RingReader ring() {
    return ring;
  }

  /** Processors the machine could have; counters and sequence numbers are kept for each. */
  public int cpus() {
    return handles.cpus();
  }

  /** What was counted so far, one entry for each processor. */
  public List<KernelCounters> counters() {
    return KernelCounters.decode(counters, handles.cpus());
  }

  /** Stops watching. When this returns no program runs any more; the ring keeps what it holds. */
  public void detach() {
    links.forEach(Native.libc()::close);
    links.clear();
    // A program may be under way on another processor; this call returns when none is.
    Native.libc().syscall(SystemCalls.MEMBARRIER, MEMBARRIER_CMD_GLOBAL, 0);
  }

  @Override
  public void close() {
    detach();
    ring.close();
    Native.libc().munmap(countersMapping, countersBytes());
    Native.libc().close(handles.ring());
    Native.libc().close(handles.counters());
  }
}
