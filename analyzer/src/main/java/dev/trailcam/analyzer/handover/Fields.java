// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One object of a result, of which nobody knows who wrote it: whoever asks for something that is
 * not there, or is something else, is told so. Text that is no valid Unicode is made valid here, so
 * that nothing behind it has to ask.
 */
record Fields(Map<?, ?> values) {
  private static final int REPLACEMENT = 0xfffd;

  /**
   * An object.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Fields of(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map);
    }
    throw new IllegalArgumentException(name + " is no object");
  }

  /** Whether there is something that is not null. */
  boolean has(String name) {
    return values.get(name) != null;
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return value;
  }

  String text(String name) {
    return text(required(name), name);
  }

  String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  private static String text(Object value, String name) {
    if (value instanceof String text) {
      return valid(text);
    }
    throw new IllegalArgumentException(name + " is no text");
  }

  /** A saved result can hold half a pair of surrogates, which UTF-8 cannot. */
  private static String valid(String text) {
    return text.codePoints()
        .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  long number(String name) {
    Object value = required(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new IllegalArgumentException(name + " is no whole number");
  }

  Long numberOrNull(String name) {
    return has(name) ? (Long) number(name) : null;
  }

  boolean flag(String name) {
    if (required(name) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(name + " is neither true nor false");
  }

  List<String> texts(String name) {
    return list(name).stream().map(value -> text(value, name)).toList();
  }

  List<String> textsOrNull(String name) {
    return has(name) ? texts(name) : null;
  }

  Fields object(String name) {
    return of(required(name), name);
  }

  Optional<Fields> objectIfAny(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<Fields> objects(String name) {
    return list(name).stream().map(value -> of(value, name)).collect(Collectors.toList());
  }

  /** All that is text in an object, in its order; none where there is no object. */
  Map<String, String> allTexts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    objectIfAny(name)
        .ifPresent(
            object ->
                object.values.forEach(
                    (key, value) -> {
                      if (value != null) {
                        texts.put((String) key, text(value, name));
                      }
                    }));
    return texts;
  }

  private List<?> list(String name) {
    if (required(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(name + " is no list");
  }
}
