// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One line of a chain to and from JSON; the only class here that knows the JSON library. */
final class ChainJson {
  /** A compaction quotes manifests of up to {@link CompactionEntry#MAX_MANIFEST_BYTES}. */
  private static final int MAX_LINE_CHARS = 64 << 20;

  private static final int SHA256_DIGITS = 64;
  private static final String CHECK_START = ",\"check\":\"";
  private static final String CHECK_END = "\"}";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(MAX_LINE_CHARS)
                          .build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          // Keep the order of the records' components: it is the order a reader wants.
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // Later versions may say more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private ChainJson() {}

  /** One line without its line feed; never holds one. Ends in the check of what is before it. */
  static <E> byte[] write(Class<E> type, E entry) {
    String json = MAPPER.writerFor(type).writeValueAsString(entry);
    String open = json.substring(0, json.length() - 1);
    return (open + CHECK_START + Sha256.of(open) + CHECK_END).getBytes(UTF_8);
  }

  /**
   * @throws IllegalArgumentException if the bytes are no line of such a chain; the message says why
   */
  static <E> E read(Class<E> type, byte[] line) {
    requireCheck(line);
    try {
      E entry = MAPPER.readValue(line, type);
      if (entry == null) {
        throw new IllegalArgumentException("holds null");
      }
      return entry;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static void requireCheck(byte[] line) {
    int open = line.length - CHECK_START.length() - SHA256_DIGITS - CHECK_END.length();
    if (open < 0) {
      throw new IllegalArgumentException("is too short to end in a check");
    }
    String expected = CHECK_START + Sha256.of(Arrays.copyOf(line, open)) + CHECK_END;
    if (!Arrays.equals(line, open, line.length, expected.getBytes(UTF_8), 0, expected.length())) {
      throw new IllegalArgumentException("its check does not match what it says");
    }
  }
}
