// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.EventColumn;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.wire.RingRecord;

/** Fills the columns that rows of several tables have: which recording, who, when. */
final class Stamp {
  private final ManifestEntry.Start start;
  private final ClockTrack clocks;
  private final boolean masked;

  Stamp(ManifestEntry.Start start, ClockTrack clocks) {
    this.start = start;
    this.clocks = clocks;
    this.masked = ManifestEntry.MASKED.equals(start.secrets());
  }

  /** A row of the table, with what is the same in all of them. */
  Row row(Table table) {
    Row row = new Row(table);
    CiContext ci = start.ci() == null ? CiContext.NONE : start.ci();
    set(row, ExecColumn.CAPTURE_ID, start.captureId());
    set(row, ExecColumn.HOST, start.host());
    set(row, ExecColumn.BOOT_ID, start.bootId());
    set(row, ExecColumn.MACHINE_ID, start.machineId());
    set(row, ExecColumn.ENVIRONMENT, start.environment());
    set(row, ExecColumn.KERNEL, start.kernel());
    set(row, ExecColumn.ARCH, start.arch());
    set(row, ExecColumn.CI_PROVIDER, ci.provider());
    set(row, ExecColumn.PROJECT_PATH, ci.projectPath());
    set(row, ExecColumn.COMMIT_SHA, ci.commitSha());
    set(row, ExecColumn.REF_NAME, ci.refName());
    set(row, ExecColumn.TRIGGER, ci.trigger());
    set(row, ExecColumn.ACTOR, ci.actor());
    set(row, ExecColumn.RUN_ID, ci.runId());
    set(row, ExecColumn.RUN_ATTEMPT, ci.runAttempt());
    set(row, ExecColumn.JOB, ci.job());
    set(row, ExecColumn.WORKFLOW, ci.workflow());
    return row;
  }

  /** Says who did it, and when. */
  void put(Row row, RingRecord record) {
    long bootNs = record.bootNs();
    set(row, ExecColumn.TS, clocks.micros(bootNs));
    set(row, ExecColumn.BOOT_NS, bootNs);
    set(row, ExecColumn.CLOCK_OFFSET_NS, clocks.offsetNs(bootNs));
    set(row, ExecColumn.PID, record.pid());
    set(row, ExecColumn.PPID, record.ppid());
    set(row, ExecColumn.START_BOOT_NS, record.startNs());
    set(row, ExecColumn.UID, record.uid());
    set(row, ExecColumn.EUID, record.euid());
    set(row, ExecColumn.COMM, record.comm());
    set(row, ExecColumn.ARGV_TRUNCATED, record.argvCut());
    set(row, ExecColumn.SECRETS_MASKED, masked ? (Integer) record.masked() : null);
    boolean known = record.image() != 0;
    set(row, EventColumn.EXEC_CPU, known ? RingRecord.imageCpu(record.image()) : null);
    set(row, EventColumn.EXEC_SEQ, known ? RingRecord.imageSequence(record.image()) : null);
  }

  /** Sets a value where the table has such a column. */
  static void set(Row row, Column column, Object value) {
    if (row.has(column)) {
      row.set(column, value);
    }
  }
}
