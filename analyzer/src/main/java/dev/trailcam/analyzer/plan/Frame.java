// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the names in one SELECT mean: what it reads from, then what the queries around it do. */
final class Frame {
  private final Frame outer;
  private final List<Source> sources = new ArrayList<>();

  /** A frame within another; null for none. */
  Frame(Frame outer) {
    this.outer = outer;
  }

  void add(Source source) {
    sources.add(source);
  }

  boolean has(Source source) {
    return sources.contains(source);
  }

  /** What can be named. */
  List<Source> visible() {
    return sources.stream().filter(source -> !source.hidden()).toList();
  }

  List<Source> owned() {
    return owned(visible());
  }

  static List<Source> owned(List<Source> sources) {
    return sources.stream().filter(Source::owned).toList();
  }

  /** Whether every row of these is made of rows of one execution. */
  static boolean isOne(List<Source> sources) {
    return owned(sources).stream().map(Source::group).distinct().count() <= 1;
  }

  /** Whether there is a query around this one that reads from something. */
  boolean isWithin() {
    for (Frame frame = outer; frame != null; frame = frame.outer) {
      if (!frame.sources.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The parts of a column's name, in lower case; none for another expression. */
  static List<String> path(JsonNode node) {
    List<String> path = new ArrayList<>();
    if (node.path("class").asString("").equals("COLUMN_REF")) {
      node.path("column_names").forEach(part -> path.add(lower(part.asString(""))));
    }
    return path;
  }

  /** Whether an expression is an exec_id and nothing more. */
  static boolean isKey(JsonNode node) {
    List<String> path = path(node);
    return !path.isEmpty()
        && path.size() <= 2
        && path.get(path.size() - 1).equals(Output.KEY)
        && !(path.size() == 2 && path.get(0).equals(Output.KEY));
  }

  /** Whose exec_id it is. */
  Source key(JsonNode node) {
    List<String> path = path(node);
    for (Frame frame = this; frame != null; frame = frame.outer) {
      List<Source> meant =
          frame.visible().stream()
              .filter(
                  source ->
                      path.size() == 1
                          ? source.owned() && !source.merged()
                          : source.name().equals(path.get(0)))
              .toList();
      if (meant.size() > 1) {
        throw new NotRowWise("names an exec_id of which it is not clear whose it is");
      }
      if (meant.size() == 1) {
        if (!meant.get(0).owned()) {
          break;
        }
        return meant.get(0);
      }
    }
    throw new NotRowWise("names an exec_id that is not one of execs");
  }

  /** Whether a name is that of a whole row with an exec_id in it. */
  boolean isRow(List<String> path) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (path.size() == 1
          && frame.sources.stream().anyMatch(s -> s.owned() && s.name().equals(path.get(0)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a column is for sure one of this SELECT's own sources. */
  boolean isOwn(List<String> path) {
    return visible().stream()
        .anyMatch(
            source ->
                path.size() > 1
                    ? source.name().equals(path.get(0))
                    : source.output().columns().contains(path.get(0)));
  }
}
