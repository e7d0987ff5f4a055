// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The functions of the C library that the recorder calls, under their C names.
 *
 * <p>Public because jnr-ffi implements it from outside; nobody else is to use it.
 */
public interface LibC {
  int geteuid();

  int getpagesize();

  /**
   * The address is a {@link Pointer} although it is always NULL: with six primitive arguments
   * jnr-ffi 2.3.4 passes a wrong sixth.
   */
  Pointer mmap(
      Pointer address, @size_t long length, int protection, int flags, int fd, @off_t long at);

  int munmap(@In Pointer address, @size_t long length);

  int poll(Pointer descriptors, long count, int timeoutMillis);

  int close(int fd);

  @ssize_t
  long read(int fd, @Out Pointer buffer, @size_t long size);

  int clock_gettime(int clock, @Out Pointer timespec);

  long syscall(long number, int first, int second);

  int posix_spawnattr_init(Pointer attributes);

  int posix_spawnattr_setflags(Pointer attributes, short flags);

  int posix_spawnattr_setsigmask(Pointer attributes, @In Pointer signalSet);

  int posix_spawnattr_destroy(Pointer attributes);

  int posix_spawnp(
      @Out Pointer pid,
      @In Pointer file,
      @In Pointer fileActions,
      @In Pointer attributes,
      @In Pointer argv,
      @In Pointer environment);

  int waitpid(int pid, @Out Pointer status, int options);

  int kill(int pid, int signal);

  String strerror(int errno);
}
