// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.yaml.YamlFields.Problems;
import dev.trailcam.analyzer.yaml.YamlValue;
import dev.trailcam.analyzer.yaml.YamlValue.Entry;
import dev.trailcam.analyzer.yaml.YamlValue.Kind;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Table;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes rows of maps, as the columns of the capture format demand it. */
final class CaseRowReader {
  /** Columns of a file's content, which a case may give an execution as if they were its own. */
  private static final Set<ExecColumn> CONTENTS =
      EnumSet.of(ExecColumn.SHA256, ExecColumn.BUILD_ID, ExecColumn.NEEDED);

  private static final Object WRONG = new Object();

  private final Problems problems;

  CaseRowReader(Problems problems) {
    this.problems = problems;
  }

  /** A row that will be made. */
  CaseRow row(Table table, Mapping mapping) {
    return read(table, mapping, false);
  }

  /** What an execution that there is already must have; it has the computed columns too. */
  CaseRow condition(Mapping mapping) {
    return read(Table.EXECS, mapping, true);
  }

  private CaseRow read(Table table, Mapping mapping, boolean computed) {
    Map<Column, Object> values = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      Column column = CaseRow.column(table, entry.key()).orElse(null);
      if (column == null) {
        problems.at(entry.line(), table.sqlName() + " has no column " + entry.key());
      } else if (values.containsKey(column)) {
        problems.at(entry.line(), "says twice: " + entry.key());
      } else if (computed && column == ExecColumn.ANCESTORS) {
        problems.at(entry.line(), "executions cannot be chosen by ancestors");
      } else if (column.derived() && !computed && !lent(table, column)) {
        problems.at(entry.line(), entry.key() + " is computed and cannot be given");
      } else {
        Object value = value(column, entry);
        if (value != WRONG) {
          values.put(column, value);
        }
      }
    }
    return new CaseRow(table, mapping.line(), values);
  }

  private static boolean lent(Table table, Column column) {
    return table == Table.EXECS && CONTENTS.contains(column);
  }

  private Object value(Column column, Entry entry) {
    if (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
      return column.nullable() || column.derived()
          ? null
          : wrong(entry.value(), entry.key() + " is never null");
    }
    return value(column.type(), entry.key(), entry.value());
  }

  private Object value(ColumnType type, String name, YamlValue value) {
    return switch (type) {
      case BOOLEAN -> flag(name, value);
      case INT32 -> number(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case TIMESTAMP_MICROS -> time(name, value);
      case STRING, TEXT -> text(name, value);
      case STRING_LIST, TEXT_LIST -> texts(name, value);
      case ANCESTORS -> ancestors(name, value);
    };
  }

  private Object flag(String name, YamlValue value) {
    return value instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN
        ? (Object) scalar.text().equals("true")
        : wrong(value, name + " must be true or false");
  }

  private Object number(String name, YamlValue value, long min, long max) {
    if (value instanceof Scalar scalar
        && scalar.kind() == Kind.INTEGER
        && scalar.text().matches("-?[0-9]{1,19}")) {
      try {
        long number = Long.parseLong(scalar.text());
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // 19 digits can be too many: falls through.
      }
    }
    return wrong(value, name + " must be a whole number from " + min + " to " + max);
  }

  private Object time(String name, YamlValue value) {
    if (value instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      try {
        return Instant.parse(scalar.text());
      } catch (DateTimeParseException e) {
        // Falls through.
      }
    }
    return wrong(value, name + " must be a time such as 2026-11-22T04:03:00Z");
  }

  private Object text(String name, YamlValue value) {
    if (!(value instanceof Scalar scalar)) {
      return wrong(value, name + " must be text");
    }
    if (scalar.kind() != Kind.TEXT) {
      return wrong(value, name + " must be text: put quotation marks around " + scalar.text());
    }
    if (scalar.text().indexOf('\0') >= 0 || !UTF_8.newEncoder().canEncode(scalar.text())) {
      return wrong(value, name + " must be text that a process can have: no U+0000, no surrogates");
    }
    return scalar.text();
  }

  private Object texts(String name, YamlValue value) {
    if (!(value instanceof Sequence sequence)) {
      return wrong(value, name + " must be a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (YamlValue item : sequence.items()) {
      Object text = text("an element of " + name, item);
      if (text == WRONG) {
        return WRONG;
      }
      texts.add((String) text);
    }
    return List.copyOf(texts);
  }

  private Object ancestors(String name, YamlValue value) {
    if (!(value instanceof Sequence sequence)) {
      return wrong(value, name + " must be a list of ancestors, parent first");
    }
    List<CaseRow.Ancestor> ancestors = new ArrayList<>();
    for (YamlValue item : sequence.items()) {
      Object ancestor =
          item instanceof Mapping mapping
              ? ancestor(mapping)
              : wrong(item, "an ancestor is a map of pid, start, comm and exe, as far as known");
      if (ancestor == WRONG) {
        return WRONG;
      }
      ancestors.add((CaseRow.Ancestor) ancestor);
    }
    return List.copyOf(ancestors);
  }

  private Object ancestor(Mapping mapping) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      ColumnType type =
          switch (entry.key()) {
            case "pid" -> ColumnType.INT32;
            case "start" -> ColumnType.INT64;
            case "comm", "exe" -> ColumnType.STRING;
            default -> null;
          };
      if (type == null || fields.containsKey(entry.key())) {
        return wrong(
            mapping, "an ancestor has pid, start, comm and exe, each once: " + entry.key());
      }
      Object field = value(type, entry.key(), entry.value());
      if (field == WRONG) {
        return WRONG;
      }
      fields.put(entry.key(), field);
    }
    return new CaseRow.Ancestor(
        (Long) fields.get("pid"),
        (Long) fields.get("start"),
        (String) fields.get("comm"),
        (String) fields.get("exe"));
  }

  private Object wrong(YamlValue value, String message) {
    problems.at(value.line(), message);
    return WRONG;
  }
}
