// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramGlobTest {
  @ParameterizedTest
  @CsvSource({
    "curl, /usr/bin/curl, true",
    "curl, /usr/bin/curly, false",
    "curl*, /usr/bin/curly, true",
    "curl*, /opt/curl/x, false",
    "/usr/*/curl, /usr/bin/curl, true",
    "/usr/*, /usr/bin/curl, false",
    "/usr/**, /usr/bin/curl, true",
    "g++, /usr/bin/g++, true",
    "g++, /usr/bin/gg, false",
    "a.b, /x/a.b, true",
    "a.b, /x/acb, false",
    "?, /x/y, true",
    "[a], /x/a, false",
    "\\E.*, /x/y, false",
    "*ü*, /x/aüb, true"
  })
  void names(String glob, String program, boolean matches) {
    assertEquals(matches, program.matches(new ProgramGlob(glob).regex()));
  }

  @Test
  void nothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ProgramGlob(""));
  }
}
