// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import java.util.Set;
import jnr.ffi.Pointer;

/**
 * The rights of the calling thread, which become those of the program it executes. Linux keeps them
 * for each thread, and a JVM has threads that nobody can reach: so rights are given up for good by
 * executing a program without them, not by asking each thread.
 */
public final class Privileges {
  /** include/uapi/linux/capability.h: to look into the files that were executed. */
  public static final int CAP_DAC_READ_SEARCH = 2;

  /** To pass signals on to a command that runs as somebody else. */
  public static final int CAP_KILL = 5;

  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final int WORDS = 2;
  private static final int WORD_BITS = 32;
  private static final int SET_BYTES = 12;
  private static final int LAST_POSSIBLE_CAPABILITY = 63;

  // include/uapi/linux/prctl.h
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_NO_NEW_PRIVS = 38;

  private Privileges() {}

  /**
   * Gives up every capability of this thread but these, and the way to any other. What a thread
   * never had it does not get.
   *
   * @throws ProbeException if the kernel refuses: then the caller must not go on
   */
  public static void keepOnly(Set<Integer> capabilities) {
    LibC libc = Native.libc();
    // Fails without CAP_SETPCAP; what is left in the bounding set, no_new_privs keeps from use.
    for (int capability = 0; capability <= LAST_POSSIBLE_CAPABILITY; capability++) {
      if (!capabilities.contains(capability)) {
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
      }
    }
    require(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs cannot be set");
    Pointer header = Native.allocate(2 * Integer.BYTES);
    header.putInt(0, CAPABILITY_VERSION_3);
    Pointer sets = Native.allocate(WORDS * SET_BYTES);
    require(libc.capget(header, sets) == 0, "capabilities cannot be read");
    for (int word = 0; word < WORDS; word++) {
      int kept = 0;
      for (int capability : capabilities) {
        kept |= capability / WORD_BITS == word ? 1 << capability % WORD_BITS : 0;
      }
      int at = word * SET_BYTES;
      int permitted = sets.getInt(at + Integer.BYTES) & kept;
      sets.putInt(at, permitted);
      sets.putInt(at + Integer.BYTES, permitted);
      sets.putInt(at + 2 * Integer.BYTES, 0);
    }
    require(libc.capset(header, sets) == 0, "capabilities cannot be given up");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ProbeException(
          what + ": " + Native.libc().strerror(Native.errno()), "report this; nothing is recorded");
    }
  }
}
