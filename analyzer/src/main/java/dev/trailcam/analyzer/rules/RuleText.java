// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A rule's files before anybody looked into them: on a disk or packed in a jar. */
interface RuleText {
  /** What the names of rule files end in. */
  String SUFFIX = ".sql";

  /** Name of the .sql file, for messages. */
  String file();

  /** Bytes of the .sql file. */
  byte[] sql() throws IOException;

  /** Bytes of the page beside it, if there is one. */
  Optional<byte[]> page() throws IOException;

  /** File name without directories and ending. */
  default String stem() {
    String name = file().substring(file().lastIndexOf('/') + 1);
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
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

  /**
   * The content of a file that somebody wrote by hand.
   *
   * @throws IOException if it is none, cannot be read or is larger than {@link
   *     RuleSource#MAX_BYTES}; the message says which
   */
  static byte[] limited(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("it does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
    if (Files.size(file) > RuleSource.MAX_BYTES) {
      throw new IOException("it is larger than 1 MiB");
    }
    return Files.readAllBytes(file);
  }
}
