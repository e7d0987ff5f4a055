// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.QuerySession;
import dev.trailcam.analyzer.files.PrivateDirectory;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.query.QueryRows;
import dev.trailcam.analyzer.report.ParquetRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Files that hold the whole answer to a query, or do not appear. */
record SqlAnswer(QuerySession session, String query) {

  /** Writes rows as they come. */
  void write(Path output, Function<PrintWriter, QueryRows> rows)
      throws IOException, QueryException {
    try {
      new OutputFile(output)
          .write(
              out -> {
                try {
                  session.run(query, rows.apply(out));
                } catch (QueryException e) {
                  throw new CompletionException(e); // so that no part of a result appears
                }
              });
    } catch (CompletionException e) {
      if (e.getCause() instanceof QueryException fault) {
        throw fault;
      }
      throw e;
    }
  }

  /** The engine that answers is locked, so another one makes the file. */
  void parquet(Path output, Engine engine) throws IOException, QueryException {
    try (PrivateDirectory directory = new PrivateDirectory()) {
      Path lines = directory.path().resolve("rows.jsonl");
      ParquetRows[] rows = new ParquetRows[1];
      write(lines, out -> rows[0] = new ParquetRows(out));
      new OutputFile(output).make(target -> engine.parquet(lines, rows[0].types(), target));
    }
  }
}
