// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Loads the two libraries once, and turns native memory into Java buffers. */
final class Native {
  private static final String LIBBPF = "libbpf.so.1";

  private Native() {}

  /** The C library, which every Linux machine has. */
  static LibC libc() {
    return C.LIBRARY;
  }

  /**
   * The BPF library.
   *
   * @throws ProbeException if the machine has none, with the package to install
   */
  static LibBpf libbpf() {
    try {
      return Bpf.LIBRARY;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new ProbeException(
          LIBBPF + " is not installed",
          "install it: apt-get install libbpf1, dnf install libbpf, or zypper install libbpf1",
          e);
    }
  }

  /** Zeroed native memory, freed when the pointer is no longer reachable. */
  static Pointer allocate(long bytes) {
    return Runtime.getSystemRuntime().getMemoryManager().allocateDirect((int) bytes, true);
  }

  /** The bytes, closed by NUL. */
  static Pointer cString(byte[] bytes) {
    Pointer string = allocate(bytes.length + 1L);
    string.put(0, bytes, 0, bytes.length);
    return string;
  }

  /** The addresses of strings, closed by NULL; whoever uses it keeps the strings alive. */
  static Pointer vector(Pointer[] strings) {
    Pointer vector = allocate((strings.length + 1L) * Long.BYTES);
    for (int i = 0; i < strings.length; i++) {
      vector.putPointer((long) i * Long.BYTES, strings[i]);
    }
    return vector;
  }

  /** A view of native memory that somebody else keeps alive, in the machine's byte order. */
  static ByteBuffer view(Pointer memory, long bytes) {
    return MemoryIO.getInstance()
        .newDirectByteBuffer(memory.address(), Math.toIntExact(bytes))
        .order(ByteOrder.nativeOrder());
  }

  /** The C library's {@code environ}: the environment as the bytes this process was given. */
  static Pointer environment() {
    long address = Library.getDefault().getSymbolAddress("environ");
    return Pointer.wrap(Runtime.getSystemRuntime(), address).getPointer(0);
  }

  static int errno() {
    return Runtime.getSystemRuntime().getLastError();
  }

  private static final class C {
    static final LibC LIBRARY = LibraryLoader.create(LibC.class).failImmediately().load("c");
  }

  private static final class Bpf {
    static final LibBpf LIBRARY = LibraryLoader.create(LibBpf.class).failImmediately().load(LIBBPF);
  }
}
