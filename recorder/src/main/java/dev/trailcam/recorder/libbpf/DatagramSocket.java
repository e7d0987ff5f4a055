// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import jnr.ffi.Pointer;

/** A Unix datagram socket to send to, which Java 17 has no class for. For one thread at a time. */
public final class DatagramSocket {
  // include/linux/socket.h, include/linux/net.h; MSG_NOSIGNAL and MSG_DONTWAIT
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int QUIETLY = 0x4000 | 0x40;

  // struct sockaddr_un
  private static final int PATH_AT = 2;
  private static final int MAX_PATH_BYTES = 107;

  private final int fd;
  private final Pointer address;
  private final int addressBytes;

  private DatagramSocket(int fd, Pointer address, int addressBytes) {
    this.fd = fd;
    this.address = address;
    this.addressBytes = addressBytes;
  }

  /**
   * A socket that sends to an address.
   *
   * @param name a path, or a name in the abstract namespace, which begins with @
   * @return empty when there can be no such socket
   */
  public static Optional<DatagramSocket> connect(String name) {
    byte[] path = name.getBytes(UTF_8);
    if (path.length == 0 || path.length > MAX_PATH_BYTES) {
      return Optional.empty();
    }
    int fd = Native.libc().socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    if (fd < 0) {
      return Optional.empty();
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    Pointer address = Native.allocate(PATH_AT + MAX_PATH_BYTES + 1);
    address.putShort(0, (short) AF_UNIX);
    address.put(PATH_AT, path, 0, path.length);
    return Optional.of(new DatagramSocket(fd, address, PATH_AT + path.length));
  }

  /** Sends a message if the other side takes it at once; nothing depends on that. */
  public void send(String message) {
    byte[] bytes = message.getBytes(UTF_8);
    Pointer memory = Native.cString(bytes);
    Native.libc().sendto(fd, memory, bytes.length, QUIETLY, address, addressBytes);
  }
}
