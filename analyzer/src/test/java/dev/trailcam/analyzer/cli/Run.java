// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command line came to, where neither stream is a terminal. */
record Run(int code, String out, String err) {

  static Run of(String... arguments) {
    return of(Map.of(), arguments);
  }

  static Run of(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, environment);
    int code = Trailcam.run(terminal, arguments);
    return new Run(code, out.toString(), err.toString());
  }
}
