// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A rule's files before anybody looked into them: on a disk or packed in a jar. */
interface RuleText {

  /** Name of the .sql file, for messages. */
  String file();

  /** Bytes of the .sql file. */
  byte[] sql() throws IOException;

  /** Bytes of the page beside it, if there is one. */
  Optional<byte[]> page() throws IOException;

  /** File name without directories and ending. */
  default String stem() {
    String name = file().substring(file().lastIndexOf('/') + 1);
    return name.endsWith(".sql") ? name.substring(0, name.length() - ".sql".length()) : name;
  }

  /** Name of the page, for messages. */
  default String pageFile() {
    return file().substring(0, file().length() - "sql".length()) + "md";
  }

  /**
   * The text of these bytes.
   *
   * @throws CharacterCodingException if they are no UTF-8
   */
  static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
