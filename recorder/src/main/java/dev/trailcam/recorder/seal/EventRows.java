// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.EventColumn;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.ExitColumn;
import dev.trailcam.capture.RawSocketColumn;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.FailedExec;
import dev.trailcam.recorder.wire.ProcessExit;
import dev.trailcam.recorder.wire.RawSocket;
import dev.trailcam.recorder.wire.ReadFault;
import dev.trailcam.recorder.wire.RingRecord;

/** Makes a row of whatever record there is. */
final class EventRows {
  private final Stamp stamp;
  private final ExecRows programs;
  private final Row exit;
  private final Row failed;
  private final Row socket;

  EventRows(Stamp stamp, ImageTable images) {
    this.stamp = stamp;
    this.programs = new ExecRows(stamp, images);
    this.exit = stamp.row(Table.EXITS);
    this.failed = stamp.row(Table.FAILED_EXECS);
    this.socket = stamp.row(Table.RAW_SOCKETS);
  }

  /** The row, valid until the next call. Call for executions in the order of boot time. */
  Row of(RingRecord record) {
    if (record instanceof ExecEvent event) {
      return event.kind() == EventKind.EXEC ? programs.execution(event) : programs.process(event);
    }
    if (record instanceof ProcessExit end) {
      return exit(end);
    }
    if (record instanceof FailedExec attempt) {
      return failed(attempt);
    }
    return socket((RawSocket) record);
  }

  private Row exit(ProcessExit record) {
    stamp.put(exit, record);
    exit.set(ExitColumn.EXIT_CODE, record.code());
    exit.set(ExitColumn.SIGNAL, record.signal());
    exit.set(ExitColumn.CORE_DUMPED, record.coreDumped());
    exit.set(ExitColumn.USER_CPU_NS, record.userCpuNs());
    exit.set(ExitColumn.SYSTEM_CPU_NS, record.systemCpuNs());
    return exit;
  }

  private Row failed(FailedExec record) {
    stamp.put(failed, record);
    failed.set(ExecColumn.FILENAME, record.filename());
    failed.set(ExecColumn.ARGV, record.argv());
    failed.set(ExecColumn.CWD, record.cwd());
    failed.set(ExecColumn.READ_FAULTS, record.faults().stream().map(ReadFault::column).toList());
    failed.set(EventColumn.ERRNO, record.errno());
    return failed;
  }

  private Row socket(RawSocket record) {
    stamp.put(socket, record);
    socket.set(RawSocketColumn.ACTION, record.action().id());
    socket.set(RawSocketColumn.FAMILY, record.family());
    socket.set(RawSocketColumn.SOCKET_TYPE, record.type());
    socket.set(RawSocketColumn.PROTOCOL, record.protocol());
    socket.set(EventColumn.ERRNO, record.errno());
    return socket;
  }
}
