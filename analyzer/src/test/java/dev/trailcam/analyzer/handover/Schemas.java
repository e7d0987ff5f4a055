// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Holds JSON against the schemas beside this class, and against that of SARIF. */
public final class Schemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Schemas() {}

  static Schema named(String name) throws IOException {
    SpecificationVersion version =
        name.contains("sarif") ? SpecificationVersion.DRAFT_4 : SpecificationVersion.DRAFT_7;
    try (InputStream in = Schemas.class.getResourceAsStream(name)) {
      return SchemaRegistry.withDefaultDialect(version).getSchema(in);
    }
  }

  /** Every line, as JSON that is of the schema. */
  public static List<JsonNode> lines(String name, String text) throws IOException {
    Schema schema = named(name);
    List<JsonNode> documents = text.lines().map(line -> MAPPER.readTree(line)).toList();
    documents.forEach(
        document -> assertEquals(List.of(), schema.validate(document), document::toString));
    return documents;
  }

  /** The text, as JSON that is of the schema. */
  static JsonNode document(String name, String text) throws IOException {
    JsonNode document = MAPPER.readTree(text);
    assertEquals(List.of(), named(name).validate(document));
    return document;
  }
}
