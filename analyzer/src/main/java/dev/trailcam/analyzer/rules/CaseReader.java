// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.analyzer.rules.RuleCase.Evidence;
import dev.trailcam.analyzer.rules.RuleCase.Recorded;
import dev.trailcam.analyzer.rules.RuleCase.Written;
import dev.trailcam.analyzer.yaml.Yaml;
import dev.trailcam.analyzer.yaml.YamlException;
import dev.trailcam.analyzer.yaml.YamlFields;
import dev.trailcam.analyzer.yaml.YamlValue;
import dev.trailcam.analyzer.yaml.YamlValue.Kind;
import dev.trailcam.analyzer.yaml.YamlValue.Mapping;
import dev.trailcam.analyzer.yaml.YamlValue.Scalar;
import dev.trailcam.analyzer.yaml.YamlValue.Sequence;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a file of cases and collects everything that is wrong with it. */
final class CaseReader {
  private static final Pattern SENTENCE = Pattern.compile("\\P{Cc}{1,500}");
  private static final Pattern REASON = Pattern.compile("(?s).{1,4000}");
  private static final Pattern CAPTURE = Pattern.compile("[^/\\p{Cc}][^\\p{Cc}]{0,499}");
  private static final Pattern EXEC_ID = Pattern.compile("[0-9a-f]{6,32}");
  private static final Pattern SEVERITY =
      Pattern.compile(
          Arrays.stream(Severity.values()).map(Severity::id).collect(Collectors.joining("|")));

  /** Tables whose rows say what an execution's program did or is. */
  private static final List<Table> EVENTS =
      List.of(Table.EXITS, Table.FAILED_EXECS, Table.RAW_SOCKETS, Table.PROCESSES, Table.FILES);

  private final String file;
  private final List<RuleProblem> problems = new ArrayList<>();
  private final CaseRowReader rows = new CaseRowReader(this::problem);
  private final List<RuleCase> cases = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private CaseReader(String file) {
    this.file = file;
  }

  static RuleCases read(String file, String text) {
    CaseReader reader = new CaseReader(file);
    try {
      if (Yaml.read(text).orElse(null) instanceof Mapping mapping) {
        reader.sections(new YamlFields(mapping, reader::problem));
      } else {
        reader.problem(1, "holds no cases: it begins with fires: and a list");
      }
    } catch (YamlException e) {
      reader.problem(e.line(), e.getMessage());
    }
    return new RuleCases(file, reader.cases, reader.problems);
  }

  private void sections(YamlFields fields) {
    for (CaseSection section : CaseSection.values()) {
      if (!fields.has(section.id())) {
        problem(0, "lacks the section " + section.id());
      }
      for (YamlValue item : fields.list(section.id(), "cases").orElse(List.of())) {
        if (item instanceof Mapping mapping) {
          int before = problems.size();
          Optional<RuleCase> one = one(section, new YamlFields(mapping, this::problem));
          if (problems.size() == before) {
            one.ifPresent(cases::add);
          }
        } else {
          problem(item.line(), "a case is a map that begins with case: and a sentence");
        }
      }
    }
    fields.requireNothingElse("a file of cases");
  }

  private Optional<RuleCase> one(CaseSection section, YamlFields fields) {
    if (!fields.has("case")) {
      problem(fields.line(), "the case lacks case: a sentence that says what it is an example of");
    }
    Optional<String> name = fields.text("case", SENTENCE, "a sentence");
    if (name.isPresent() && !names.add(name.get())) {
      problem(fields.line(), "another case says the same: " + name.get());
    }
    Optional<Evidence> evidence =
        fields.has("capture") ? recorded(fields) : written(section, fields);
    boolean quiet = section != CaseSection.FIRES;
    if (quiet && (fields.has("reason") || fields.has("severity"))) {
      problem(fields.line(), "what does not fire has no reason and no severity");
    }
    Optional<String> reason = fields.text("reason", REASON, "text");
    Optional<Severity> severity =
        fields
            .text("severity", SEVERITY, "one of " + SEVERITY.pattern().replace('|', ' '))
            .map(id -> Severity.valueOf(id.toUpperCase(Locale.ROOT)));
    fields.requireNothingElse("a case");
    if (name.isEmpty() || evidence.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleCase(
            section,
            name.get(),
            fields.line(),
            evidence.get(),
            reason.orElse(null),
            severity.orElse(null)));
  }

  private Optional<Evidence> recorded(YamlFields fields) {
    Optional<String> capture =
        fields.text("capture", CAPTURE, "the path of a capture below that of its corpus");
    if (!fields.has("exec_id") && !fields.has("exec")) {
      problem(fields.line(), "a case of a capture has exec_id: or exec: to say which executions");
    }
    List<String> ids = execIds(fields.any("exec_id").orElse(null));
    CaseRow like =
        fields
            .map("exec", "columns")
            .map(mapping -> rows.condition(mapping))
            .orElse(new CaseRow(Table.EXECS, fields.line(), Map.of()));
    return capture.map(path -> new Recorded(path, ids, like));
  }

  private List<String> execIds(YamlValue value) {
    if (value == null) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (YamlValue item : value instanceof Sequence list ? list.items() : List.of(value)) {
      if (item instanceof Scalar scalar
          && scalar.kind() == Kind.TEXT
          && EXEC_ID.matcher(scalar.text()).matches()) {
        ids.add(scalar.text());
      } else {
        problem(item.line(), "exec_id must be 6 to 32 hexadecimal digits, in quotation marks");
      }
    }
    return ids;
  }

  private Optional<Evidence> written(CaseSection section, YamlFields fields) {
    if (!fields.has("execs")) {
      return execution(fields, section == CaseSection.FIRES)
          .map(execution -> new Written(List.of(execution)));
    }
    List<CaseExecution> executions = new ArrayList<>();
    for (YamlValue item : fields.list("execs", "executions").orElse(List.of())) {
      if (!(item instanceof Mapping mapping)) {
        problem(item.line(), "an execution is a map that has exec: and its columns");
        continue;
      }
      YamlFields inner = new YamlFields(mapping, this::problem);
      boolean fires = inner.flag("fires").orElse(false);
      execution(inner, fires).ifPresent(executions::add);
      inner.requireNothingElse("an execution");
    }
    boolean fires = executions.stream().anyMatch(CaseExecution::fires);
    if (fires && section != CaseSection.FIRES) {
      problem(fields.line(), "none of its executions may have fires: true in " + section.id());
    } else if (!fires && section == CaseSection.FIRES) {
      problem(fields.line(), "one of its executions at least needs fires: true");
    }
    return Optional.of(new Written(executions));
  }

  private Optional<CaseExecution> execution(YamlFields fields, boolean fires) {
    if (!fields.has("exec")) {
      problem(fields.line(), "lacks exec: the columns that matter, or {} for none");
    }
    Optional<CaseRow> exec =
        fields.map("exec", "columns").map(mapping -> rows.row(Table.EXECS, mapping));
    List<CaseRow> events = new ArrayList<>();
    for (Table table : EVENTS) {
      String key = table.sqlName();
      for (YamlValue item : fields.list(key, "rows").orElse(List.of())) {
        if (item instanceof Mapping mapping) {
          events.add(rows.row(table, mapping));
        } else {
          problem(item.line(), "a row of " + key + " is a map of columns");
        }
      }
    }
    return exec.map(row -> new CaseExecution(row, events, fires));
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
