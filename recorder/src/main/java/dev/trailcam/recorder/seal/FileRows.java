// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.FileColumn;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.files.FileFacts;
import dev.trailcam.recorder.segment.Row;
import java.util.HexFormat;

/** Makes rows of what was found in program files. */
final class FileRows {
  private final Row row;

  FileRows(Stamp stamp) {
    row = stamp.row(Table.FILES);
  }

  /** The row, valid until the next call. */
  Row of(FileFacts facts) {
    row.set(ExecColumn.DEV, facts.key().dev());
    row.set(ExecColumn.INODE, facts.key().inode());
    row.set(ExecColumn.SIZE, facts.key().size());
    row.set(ExecColumn.CTIME, Math.floorDiv(facts.key().ctimeNs(), 1_000L));
    row.set(FileColumn.PATH, facts.path());
    row.set(FileColumn.SHA256, hex(facts.sha256()));
    row.set(FileColumn.BUILD_ID, hex(facts.buildId()));
    row.set(FileColumn.NEEDED, facts.needed());
    row.set(FileColumn.INTERPRETER, facts.interpreter());
    row.set(FileColumn.MISSING, facts.why() == null ? null : facts.why().id());
    return row;
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
