// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A list that rules join: CSV with a header line, named as its file.
 *
 * @param file where it was read from, for messages
 * @param name its name in SQL
 * @param columns names of its columns
 * @param rows in the order of the file, each with a value for every column
 */
public record ListFile(String file, String name, List<String> columns, List<Row> rows) {
  /**
   * One line of it.
   *
   * @param line line number from 1
   */
  public record Row(int line, List<String> values) {
    /** Makes the list immutable. */
    public Row {
      values = List.copyOf(values);
    }
  }

  /** Makes the lists immutable. */
  public ListFile {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Reads CSV. What cannot be taken as a row is a problem, and the rest is read all the same. */
  static ListFile read(SurfaceFile list, Consumer<RuleProblem> problems) {
    String file = list.file();
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(list.text())) {
      for (CsvRecord record : records) {
        int line = (int) record.getStartingLineNumber();
        if (columns.isEmpty()) {
          columns.addAll(record.getFields());
        } else if (record.getFieldCount() == columns.size()) {
          rows.add(new Row(line, record.getFields()));
        } else {
          problems.accept(
              new RuleProblem(
                  file,
                  line,
                  "has " + record.getFieldCount() + " values for " + columns.size() + " columns"));
        }
      }
    } catch (CsvParseException e) {
      problems.accept(new RuleProblem(file, 0, "is no CSV: " + e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
    return new ListFile(file, list.name(), columns, rows);
  }

  /** The values of one column; empty where there is no such column. */
  public List<String> column(String column) {
    int index = columns.indexOf(column);
    return index < 0 ? List.of() : rows.stream().map(row -> row.values().get(index)).toList();
  }
}
