// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Techniques of ATT&amp;CK, those that are parts of others apart: many formats ask for them so. Ids
 * that are none are left out; a rule's other texts name them.
 *
 * @param whole such as T1059, each once
 * @param parts such as T1059.004
 */
record Techniques(List<String> whole, List<String> parts) {
  private static final Pattern ID = Pattern.compile("T[0-9]{4}(?:\\.[0-9]{3})?");
  private static final int WHOLE_CHARS = 5;

  static Techniques of(List<String> ids) {
    List<String> whole = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (String id : ids.stream().filter(Techniques::is).distinct().toList()) {
      if (id.length() > WHOLE_CHARS) {
        parts.add(id);
      }
      if (!whole.contains(whole(id))) {
        whole.add(whole(id));
      }
    }
    return new Techniques(whole, parts);
  }

  /** Whether this is the id of a technique or of a part of one. */
  static boolean is(String id) {
    return ID.matcher(id).matches();
  }

  /** The technique that an id is, or is a part of. */
  static String whole(String id) {
    return id.substring(0, WHOLE_CHARS);
  }

  Tree ecs() {
    return new Tree().with("id", whole).with("subtechnique", new Tree().with("id", parts));
  }
}
