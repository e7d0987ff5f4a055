// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.DatagramSocket;
import java.util.Map;
import java.util.Optional;

/** Whoever started the recorder as a service, told how it is by the protocol of sd_notify(3). */
final class Supervisor {
  private final Optional<DatagramSocket> socket;

  private Supervisor(Optional<DatagramSocket> socket) {
    this.socket = socket;
  }

  /** The one that started this process, or one that does not listen. */
  static Supervisor fromEnvironment() {
    return from(System.getenv());
  }

  static Supervisor from(Map<String, String> environment) {
    String address = environment.get("NOTIFY_SOCKET");
    return new Supervisor(
        address == null || address.isEmpty() ? Optional.empty() : DatagramSocket.connect(address));
  }

  /** Recording has begun. */
  void ready() {
    send("READY=1\nSTATUS=recording");
  }

  /** All goes well; for the supervisor's watchdog. */
  void alive() {
    send("WATCHDOG=1");
  }

  void stopping() {
    send("STOPPING=1\nSTATUS=sealing what was recorded");
  }

  private void send(String message) {
    socket.ifPresent(to -> to.send(message));
  }
}
