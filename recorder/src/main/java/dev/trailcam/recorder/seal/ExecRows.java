// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.AncestorEntry;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.wire.Ancestor;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.ReadFault;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes rows of executions and of processes that were alive before, and remembers what an image
 * runs for those that come after.
 */
final class ExecRows {
  private final Row execution;
  private final Row process;
  private final Stamp stamp;
  private final ImageTable images;
  private Row row;

  ExecRows(Stamp stamp, ImageTable images) {
    this.stamp = stamp;
    this.images = images;
    this.execution = stamp.row(Table.EXECS);
    this.process = stamp.row(Table.PROCESSES);
  }

  /** The row of an execution, valid until the next call. Call in the order of boot time. */
  Row execution(ExecEvent event) {
    fill(execution, event);
    setFamily(event.ancestors());
    images.put(
        event.image(),
        new Program((byte[]) row.get(ExecColumn.EXE), bytes((List<?>) row.get(ExecColumn.ARGV))));
    return row;
  }

  /** The row of a process that was alive when recording began, valid until the next call. */
  Row process(ExecEvent event) {
    fill(process, event);
    return row;
  }

  private void fill(Row target, ExecEvent event) {
    row = target;
    stamp.put(row, event);
    row.set(ExecColumn.CPU, event.cpu());
    row.set(ExecColumn.SEQ, event.sequence());
    setProcess(event);
    setProgram(event);
    setFile(event);
    setIsolation(event);
  }

  private void setProcess(ExecEvent event) {
    row.set(ExecColumn.NS_PID, event.nsPid());
    row.set(ExecColumn.GID, event.gid());
    row.set(ExecColumn.LOGIN_UID, event.loginUid());
    row.set(ExecColumn.SESSION_ID, event.sessionId());
    row.set(ExecColumn.TTY, text(event.tty()));
    row.set(ExecColumn.CAPS_EFFECTIVE, event.capsEffective());
  }

  private void setProgram(ExecEvent event) {
    Stamp.set(row, ExecColumn.FILENAME, event.filename());
    Stamp.set(row, ExecColumn.INTERP, event.interp());
    row.set(ExecColumn.EXE, event.exe());
    row.set(ExecColumn.EXE_NAME, text(event.exeName()));
    row.set(ExecColumn.ARGV, event.argv());
    Stamp.set(row, ExecColumn.ARGC, event.argc());
    row.set(ExecColumn.ARGV_BYTES, event.argvBytes());
    row.set(ExecColumn.CWD, event.cwd());
    List<byte[]> names = event.envNames();
    Stamp.set(
        row,
        ExecColumn.ENV_NAMES,
        names == null ? null : names.stream().map(name -> new String(name, UTF_8)).toList());
    row.set(ExecColumn.READ_FAULTS, event.faults().stream().map(ReadFault::column).toList());
  }

  private void setFile(ExecEvent event) {
    boolean known = event.fileKnown();
    row.set(ExecColumn.DEV, known ? event.dev() : null);
    row.set(ExecColumn.INODE, known ? event.inode() : null);
    row.set(ExecColumn.MODE, known ? event.mode() : null);
    row.set(ExecColumn.NLINK, known ? event.nlink() : null);
    row.set(ExecColumn.IS_MEMFD, known ? event.memfd() : null);
    row.set(ExecColumn.IS_UPPER_LAYER, known ? event.upperLayer() : null);
    row.set(ExecColumn.SIZE, known ? event.fileSize() : null);
    row.set(ExecColumn.MTIME, known ? micros(event.mtimeNs()) : null);
    row.set(ExecColumn.CTIME, known ? micros(event.ctimeNs()) : null);
    row.set(ExecColumn.FS_MAGIC, known ? event.fsMagic() : null);
  }

  private void setIsolation(ExecEvent event) {
    byte[] cgroup = event.cgroup();
    row.set(ExecColumn.CGROUP, cgroup);
    row.set(ExecColumn.CONTAINER_ID, cgroup == null ? null : ContainerId.in(cgroup));
    row.set(ExecColumn.MNT_NS, event.mntNs());
    row.set(ExecColumn.PID_NS, event.pidNs());
    row.set(ExecColumn.NET_NS, event.netNs());
    row.set(ExecColumn.USER_NS, event.userNs());
  }

  private void setFamily(List<Ancestor> ancestors) {
    Program parent = ancestors.isEmpty() ? null : images.get(ancestors.get(0).image());
    row.set(ExecColumn.PARENT_EXE, parent == null ? null : parent.exe());
    row.set(ExecColumn.PARENT_ARGV, parent == null ? null : parent.argv());
    List<AncestorEntry> entries = new ArrayList<>(ancestors.size());
    for (Ancestor ancestor : ancestors) {
      Program program = images.get(ancestor.image());
      entries.add(
          new AncestorEntry(
              ancestor.pid(),
              ancestor.startNs(),
              ancestor.comm(),
              program == null ? null : program.exeText()));
    }
    row.set(ExecColumn.ANCESTORS, entries);
  }

  @SuppressWarnings("unchecked") // what this class put there
  private static List<byte[]> bytes(List<?> texts) {
    return (List<byte[]>) texts;
  }

  private static Long micros(long nanoseconds) {
    return Math.floorDiv(nanoseconds, 1_000L);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
