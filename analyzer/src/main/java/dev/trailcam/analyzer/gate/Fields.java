// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of a node, each to be taken by whoever understands it. What is left over at the end is
 * something nobody has looked at.
 */
public final class Fields {
  private final JsonNode node;
  private final Set<String> left = new LinkedHashSet<>();

  /** The fields of a node; where it stands in the text is none of them. */
  public Fields(JsonNode node) {
    this.node = node;
    left.addAll(node.propertyNames());
    // Where it stands says nothing about what it does.
    left.remove("query_location");
    left.remove("query_location_length");
  }

  /** The node itself. */
  public JsonNode node() {
    return node;
  }

  /** The field, or a missing node. */
  public JsonNode take(String name) {
    left.remove(name);
    return node.propertyNames().contains(name) ? node.get(name) : MissingNode.getInstance();
  }

  /** The field as text; "" where it is none. */
  public String text(String name) {
    JsonNode value = take(name);
    return value.isString() ? value.stringValue() : "";
  }

  /** The elements of the field; none where it is null. */
  public List<JsonNode> list(String name) {
    List<JsonNode> elements = new ArrayList<>();
    take(name).forEach(elements::add);
    return elements;
  }

  /** Takes the field and says whether it holds anything but null, false, 0, "" or nothing. */
  public boolean says(String name) {
    JsonNode value = take(name);
    return !(value.isMissingNode()
        || value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty()));
  }

  /** Whether a name has a schema or a catalog, in any of the places where the tree says so. */
  boolean qualified(String name, String schema, String catalog) {
    JsonNode path = take("qualified_name").path("path");
    boolean inSchema = says(schema);
    boolean inCatalog = says(catalog);
    return inSchema || inCatalog || path.size() != 1 || !path.get(0).asString("").equals(name);
  }

  /** What nobody took. */
  public Set<String> left() {
    return left;
  }
}
