// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A text that some program would act upon, from {@code hostile-texts.json}.
 *
 * @param kind which program
 * @param text the text
 */
record HostileText(String kind, String text) {

  /** All of them. */
  static List<HostileText> all() {
    try (InputStream in = HostileText.class.getResourceAsStream("hostile-texts.json")) {
      List<HostileText> texts = new ArrayList<>();
      for (JsonNode one : new ObjectMapper().readTree(in)) {
        texts.add(new HostileText(one.get("kind").stringValue(), one.get("text").stringValue()));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as a part of a file's name. */
  String asName() {
    return text.replace('/', '_').replace('\0', '_');
  }
}
