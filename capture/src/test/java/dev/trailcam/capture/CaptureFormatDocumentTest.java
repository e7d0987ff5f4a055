// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/capture-format.md} what the enums say. To write it anew: {@code mvn test -pl
 * capture -Dtrailcam.regenerate=true}.
 */
final class CaptureFormatDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("trailcam.root", ".."), "docs", "capture-format.md");

  @Test
  void document_saysWhatTheEnumsSay() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("trailcam.regenerate")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(expected, Files.readString(DOCUMENT), "regenerate it with this test");
  }

  private static String document() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        <!-- Generated from capture/; see CaptureFormatDocumentTest. -->
        # Capture format, version %d

        A capture is a directory, written by one recording:

        ```
        runner-7-20261122T040300Z-3f9a1c2e/
          manifest.jsonl        one JSON object a line, each chained to the one before
          exec-000001.parquet   executions, sorted by boot_ns, as the files of the other tables are
          exit-…  failed-…  socket-…  process-…  file-…
          loss-000001.parquet   what is known to be missing
          spool/                what is not sealed yet; empty after a clean end
        ```

        A file belongs to the capture when its manifest line does. Columns are only ever added and never change type.
        Where a text column's bytes are no valid UTF-8 it shows U+FFFD, and a column of the same name with `_raw` behind
        it keeps the exact bytes (BLOB, or BLOB[] for a list); elsewhere that column is null. *Derived* columns are not
        stored: the SQL views compute them.
        """
            .formatted(Manifest.FORMAT_VERSION));
    for (Table table : Table.values()) {
      out.append("\n## `").append(table.sqlName()).append("`\n\n");
      out.append("Files `").append(table.filePrefix()).append("-NNNNNN.parquet`, since format ");
      out.append(table.since()).append(".\n\n");
      out.append("| column | type | null? | since | meaning |\n|---|---|---|---|---|\n");
      table.columns().forEach(column -> row(out, column));
    }
    out.append("\n## Causes of loss\n\n| cause | executions were lost because |\n|---|---|\n");
    for (LossCause cause : LossCause.values()) {
      out.append("| `").append(cause.id()).append("` | ").append(cause.sentence()).append(" |\n");
    }
    return out.toString();
  }

  private static void row(StringBuilder out, Column column) {
    String origin = column.derived() ? "derived" : column.nullable() ? "yes" : "";
    out.append("| `").append(column.columnName()).append("` | ");
    out.append(column.type().sql()).append(column.type().text() ? " + raw" : "").append(" | ");
    out.append(origin).append(" | ").append(column.since()).append(" | ");
    out.append(column.meaning().replace("|", "\\|")).append(" |\n");
  }
}
