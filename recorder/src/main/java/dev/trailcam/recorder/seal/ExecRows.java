// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.AncestorEntry;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.wire.Ancestor;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.ReadFault;
import java.util.ArrayList;
import java.util.List;

/** Makes a row of an execution, and remembers what its image runs for those that come after. */
final class ExecRows {
  private final Row row = new Row(Table.EXECS);
  private final ImageTable images;
  private final ClockTrack clocks;

  ExecRows(ManifestEntry.Start start, ImageTable images, ClockTrack clocks) {
    this.images = images;
    this.clocks = clocks;
    row.set(ExecColumn.CAPTURE_ID, start.captureId());
    row.set(ExecColumn.HOST, start.host());
    row.set(ExecColumn.BOOT_ID, start.bootId());
    row.set(ExecColumn.MACHINE_ID, start.machineId());
    row.set(ExecColumn.ENVIRONMENT, start.environment());
    row.set(ExecColumn.KERNEL, start.kernel());
    row.set(ExecColumn.ARCH, start.arch());
    setCi(start.ci() == null ? CiContext.NONE : start.ci());
  }

  private void setCi(CiContext ci) {
    row.set(ExecColumn.CI_PROVIDER, ci.provider());
    row.set(ExecColumn.PROJECT_PATH, ci.projectPath());
    row.set(ExecColumn.COMMIT_SHA, ci.commitSha());
    row.set(ExecColumn.REF_NAME, ci.refName());
    row.set(ExecColumn.TRIGGER, ci.trigger());
    row.set(ExecColumn.ACTOR, ci.actor());
    row.set(ExecColumn.RUN_ID, ci.runId());
    row.set(ExecColumn.RUN_ATTEMPT, ci.runAttempt());
    row.set(ExecColumn.JOB, ci.job());
    row.set(ExecColumn.WORKFLOW, ci.workflow());
  }

  /** The row of an execution, valid until the next call. Call in the order of boot time. */
  Row of(ExecEvent event) {
    long bootNs = event.bootNs();
    row.set(ExecColumn.CPU, event.cpu());
    row.set(ExecColumn.SEQ, event.sequence());
    row.set(ExecColumn.TS, clocks.micros(bootNs));
    row.set(ExecColumn.BOOT_NS, bootNs);
    row.set(ExecColumn.CLOCK_OFFSET_NS, clocks.offsetNs(bootNs));
    setProcess(event);
    setProgram(event);
    setFile(event);
    setIsolation(event);
    setFamily(event.ancestors());
    images.put(
        event.image(),
        new Program((byte[]) row.get(ExecColumn.EXE), bytes((List<?>) row.get(ExecColumn.ARGV))));
    return row;
  }

  private void setProcess(ExecEvent event) {
    row.set(ExecColumn.PID, event.pid());
    row.set(ExecColumn.PPID, event.ppid());
    row.set(ExecColumn.NS_PID, event.nsPid());
    row.set(ExecColumn.START_BOOT_NS, event.startNs());
    row.set(ExecColumn.UID, event.uid());
    row.set(ExecColumn.EUID, event.euid());
    row.set(ExecColumn.GID, event.gid());
    row.set(ExecColumn.LOGIN_UID, event.loginUid());
    row.set(ExecColumn.SESSION_ID, event.sessionId());
    row.set(ExecColumn.TTY, text(event.tty()));
    row.set(ExecColumn.CAPS_EFFECTIVE, event.capsEffective());
    row.set(ExecColumn.COMM, event.comm());
  }

  private void setProgram(ExecEvent event) {
    row.set(ExecColumn.FILENAME, event.filename());
    row.set(ExecColumn.INTERP, event.interp());
    row.set(ExecColumn.EXE, event.exe());
    row.set(ExecColumn.EXE_NAME, text(event.exeName()));
    row.set(ExecColumn.ARGV, event.argv());
    row.set(ExecColumn.ARGC, event.argc());
    row.set(ExecColumn.ARGV_BYTES, event.argvBytes());
    row.set(ExecColumn.ARGV_TRUNCATED, event.argvCut());
    row.set(ExecColumn.CWD, event.cwd());
    List<byte[]> names = event.envNames();
    row.set(
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

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
