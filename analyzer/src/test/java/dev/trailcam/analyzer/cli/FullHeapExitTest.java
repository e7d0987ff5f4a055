// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A virtual machine whose heap is full ends with 1, which says that something was found. */
class FullHeapExitTest {
  @TempDir private Path temp;

  /** As if what is to be written had filled the heap. */
  private static final class Full extends PrintWriter {
    Full() {
      super(Writer.nullWriter());
    }

    @Override
    public void write(String text, int from, int length) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void fullHeap_isNoFinding() {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new Full(), new PrintWriter(err), false, false, Map.of());
    assertEquals(4, Trailcam.run(terminal, "inspect", "-q", capture.toString()));
    assertTrue(err.toString().contains("more with --memory"), err::toString);
  }
}
