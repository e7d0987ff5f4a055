// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.ALWAYS;
import static dev.trailcam.capture.ColumnType.INT32;
import static dev.trailcam.capture.ColumnType.STRING;

/**
 * The columns that only {@code raw_sockets} has: one row for each call that opens a socket which
 * sees other programs' packets, or makes one see more.
 */
public enum RawSocketColumn implements Column {
  ACTION(
      STRING,
      ALWAYS,
      "socket: such a socket was opened; filter: a packet filter was attached to one; promiscuous:"
          + " the interface was told to take every packet"),
  FAMILY(INT32, ALWAYS, "Address family: 2 AF_INET, 10 AF_INET6, 17 AF_PACKET, 44 AF_XDP"),
  SOCKET_TYPE(INT32, ALWAYS, "Socket type without flags: 2 SOCK_DGRAM, 3 SOCK_RAW, 10 SOCK_PACKET"),
  PROTOCOL(
      INT32,
      ALWAYS,
      "Protocol: for AF_PACKET an EtherType (3 is every frame), otherwise an IP protocol number");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  RawSocketColumn(ColumnType type, Presence presence, String meaning) {
    this.spec = new Spec(type, presence, 2, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
