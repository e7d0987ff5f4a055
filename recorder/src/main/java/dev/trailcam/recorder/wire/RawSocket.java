// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Header;
import dev.trailcam.recorder.wire.WireLayout.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** A call that opens a socket which sees other programs' packets, or makes one see more. */
public final class RawSocket extends RingRecord {
  private static final int AF_PACKET = 17;

  /** {@code enum tc_action}; numbered from 1 in this order. */
  public enum Action {
    SOCKET,
    FILTER,
    PROMISCUOUS;

    private static final Action[] BY_CODE = values();

    /** The name in the {@code action} column. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  RawSocket(ByteBuffer record) throws MalformedRecordException {
    super(record, EventKind.SOCKET);
    check(size() == Socket.LAYOUT.bytes(), Header.SIZE, size() + " bytes");
    long action = u32(Socket.ACTION);
    check(action >= 1 && action <= Action.BY_CODE.length, Socket.ACTION, "unknown " + action);
    check(u32(Socket.ERROR) <= Integer.MAX_VALUE, Socket.ERROR, "no error");
  }

  public Action action() {
    return Action.BY_CODE[(int) u32(Socket.ACTION) - 1];
  }

  /** Address family, such as 17 for AF_PACKET. */
  public int family() {
    return (int) u32(Socket.FAMILY);
  }

  /** Type without flags, such as 3 for SOCK_RAW. */
  public int type() {
    return (int) u32(Socket.TYPE);
  }

  /** IP protocol; for AF_PACKET an EtherType, which programs pass in the order of the network. */
  public int protocol() {
    int protocol = (int) u32(Socket.PROTOCOL);
    boolean swapped = family() == AF_PACKET && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return swapped ? Short.toUnsignedInt(Short.reverseBytes((short) protocol)) : protocol;
  }

  /** As in errno(3); 0 when the call succeeded. */
  public int errno() {
    return (int) u32(Socket.ERROR);
  }
}
