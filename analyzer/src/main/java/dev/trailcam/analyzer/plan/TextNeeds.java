// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Derives what text a predicate needs. */
final class TextNeeds {
  TextNeeds(String alias) {}

  Optional<NecessaryText> of(JsonNode predicate) {
    return Optional.empty();
  }
}
