// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One manifest line to and from JSON; the only class here that knows the JSON library. */
final class ManifestJson {
  private static final int MAX_LINE_CHARS = 16 << 20;

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

  private ManifestJson() {}

  /** One line without its line feed; never holds one. */
  static byte[] write(ManifestEntry entry) {
    return MAPPER.writerFor(ManifestEntry.class).writeValueAsString(entry).getBytes(UTF_8);
  }

  /**
   * @throws IllegalArgumentException if the bytes are no manifest line; the message says why
   */
  static ManifestEntry read(byte[] line) {
    try {
      ManifestEntry entry = MAPPER.readValue(line, ManifestEntry.class);
      if (entry == null) {
        throw new IllegalArgumentException("holds null");
      }
      return entry;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
