// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Signals that mean nothing to a recorder but would end or stop it: whoever is recorded may send
 * them. SIGKILL and SIGSTOP cannot be ignored, and a forged SIGSEGV or the like looks to the JVM
 * like its own.
 */
public final class StraySignals {
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;

  // signal(7), the numbers of x86 and arm64
  private static final int SIGABRT = 6;
  private static final int SIGUSR1 = 10;
  private static final int SIGUSR2 = 12; // the JVM's own handler of it crashes in a foreign thread
  private static final int SIGALRM = 14;
  private static final int SIGSTKFLT = 16;
  private static final int SIGTSTP = 20;
  private static final int SIGTTIN = 21;
  private static final int SIGTTOU = 22;
  private static final int SIGXCPU = 24;
  private static final int SIGVTALRM = 26;
  private static final int SIGPROF = 27;
  private static final int SIGIO = 29;
  private static final int SIGPWR = 30;
  private static final int SIGRTMIN = 34;
  private static final int SIGRTMAX = 64;

  private static final int[] PLAIN = {
    SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGSTKFLT, SIGTSTP, SIGTTIN, SIGTTOU, SIGXCPU, SIGVTALRM,
    SIGPROF, SIGIO, SIGPWR
  };

  private StraySignals() {}

  /**
   * Ignores them from now on, also in a program that this one executes; what it starts would
   * inherit that too, so start nothing.
   */
  public static void ignore() {
    for (int number : PLAIN) {
      set(number, SIG_IGN);
    }
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
      set(number, SIG_IGN);
    }
  }

  /** Ignores a signal until {@link #restore}, also in a program that this one executes. */
  public static void hold(int number) {
    set(number, SIG_IGN);
  }

  /** Lets a signal do what it does by default; an ignored one the JVM lets nobody handle. */
  public static void restore(int number) {
    set(number, SIG_DFL);
  }

  private static void set(int number, long disposition) {
    Native.libc().signal(number, Pointer.wrap(Runtime.getSystemRuntime(), disposition));
  }
}
