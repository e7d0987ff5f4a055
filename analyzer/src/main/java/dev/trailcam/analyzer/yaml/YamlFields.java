// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.yaml;

import dev.trailcam.analyzer.yaml.YamlValue.Entry;
import dev.trailcam.analyzer.yaml.YamlValue.Kind;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a map, each to be taken once. What is of another shape than asked for is a problem
 * and as if it were not there, so that one reading finds all that is wrong.
 */
public final class YamlFields {

  /** Is told what is wrong where; the line is from 1, or 0 for the document as a whole. */
  @FunctionalInterface
  public interface Problems {
    /** The message has no full stop. */
    void at(int line, String message);
  }

  private final Mapping mapping;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** The fields of this map; a key that is there twice is a problem at once. */
  public YamlFields(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
    for (Entry entry : mapping.entries()) {
      if (entries.putIfAbsent(entry.key(), entry) != null) {
        problems.at(entry.line(), "says twice: " + entry.key());
      }
    }
  }

  /** Line of the map. */
  public int line() {
    return mapping.line();
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** A value of any shape. */
  public Optional<YamlValue> any(String key) {
    return Optional.ofNullable(entries.remove(key)).map(Entry::value);
  }

  /** A text that matches. */
  public Optional<String> text(String key, Pattern shape, String expected) {
    return scalar(key, Kind.TEXT, shape, expected).map(Scalar::text);
  }

  /** A whole number from 0 to 999,999,999. */
  public Optional<Long> count(String key) {
    return scalar(key, Kind.INTEGER, Pattern.compile("[0-9]{1,9}"), "a number from 0")
        .map(scalar -> Long.valueOf(scalar.text()));
  }

  /** true or false. */
  public Optional<Boolean> flag(String key) {
    return scalar(key, Kind.BOOLEAN, Pattern.compile("true|false"), "true or false")
        .map(scalar -> scalar.text().equals("true"));
  }

  /** A list, whatever it holds. */
  public Optional<List<YamlValue>> list(String key, String expected) {
    Entry entry = entries.remove(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof Sequence sequence) {
      return Optional.of(sequence.items());
    }
    problems.at(entry.line(), key + " must be a list of " + expected);
    return Optional.empty();
  }

  /** A map. */
  public Optional<Mapping> map(String key, String expected) {
    Entry entry = entries.remove(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof Mapping inner) {
      return Optional.of(inner);
    }
    problems.at(entry.line(), key + " must be a map of " + expected);
    return Optional.empty();
  }

  private Optional<Scalar> scalar(String key, Kind kind, Pattern shape, String expected) {
    Entry entry = entries.remove(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof Scalar scalar
        && scalar.kind() == kind
        && shape.matcher(scalar.text()).matches()) {
      return Optional.of(scalar);
    }
    problems.at(entry.line(), key + " must be " + expected);
    return Optional.empty();
  }

  /** Everything that nobody asked for is a mistake: most often a misspelt key. */
  public void requireNothingElse(String what) {
    entries
        .values()
        .forEach(entry -> problems.at(entry.line(), what + " has no key " + entry.key()));
  }
}
