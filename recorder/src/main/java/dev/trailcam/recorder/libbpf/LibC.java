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
  int getpagesize();

  /**
   * The address is a {@link Pointer} although it is always NULL: with six primitive arguments
   * jnr-ffi 2.3.4 passes a wrong sixth.
   */
  Pointer mmap(
      Pointer address, @size_t long length, int protection, int flags, int fd, @off_t long at);

  int munmap(@In Pointer address, @size_t long length);

  int poll(Pointer descriptors, long count, int timeoutMillis);

  int open(@In Pointer path, int flags);

  int close(int fd);

  @ssize_t
  long read(int fd, @Out Pointer buffer, @size_t long size);

  @ssize_t
  long write(int fd, @In Pointer buffer, @size_t long size);

  int adjtimex(Pointer timex);

  int clock_gettime(int clock, @Out Pointer timespec);

  long syscall(long number, int first, int second);

  long syscall(long number, int first, int second, int third);

  long syscall(
      long number, int directory, @In Pointer path, @In Pointer how, @size_t long howBytes);

  int statx(int directory, @In Pointer path, int flags, int mask, @Out Pointer status);

  @ssize_t
  long pread(int fd, @Out Pointer buffer, @size_t long size, @off_t long at);

  int setpriority(int which, int who, int nice);

  int sched_setscheduler(int thread, int policy, @In Pointer parameters);

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

  /** The copy stays open when another program is executed. */
  int dup(int fd);

  int fcntl(int fd, int command, int argument);

  int pipe(@Out Pointer ends);

  int prctl(int option, long second, long third, long fourth, long fifth);

  int capget(@In Pointer header, @Out Pointer data);

  int capset(@In Pointer header, @In Pointer data);

  int execve(@In Pointer path, @In Pointer argv, @In Pointer environment);

  Pointer signal(int number, Pointer handler);

  int socket(int family, int type, int protocol);

  @ssize_t
  long sendto(int fd, @In Pointer bytes, @size_t long size, int flags, @In Pointer to, int toBytes);

  String strerror(int errno);
}
