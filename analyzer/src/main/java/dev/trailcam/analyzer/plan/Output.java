// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Collection;
import java.util.List;

/**
 * What a query or a table gives.
 *
 * @param owned whether each row belongs to one execution and has its exec_id
 * @param ordered whether the columns are listed in the order they have
 * @param columns names in lower case, "" for one that has none of its own
 */
record Output(boolean owned, boolean ordered, List<String> columns) {
  static final String KEY = "exec_id";

  Output {
    columns = List.copyOf(columns);
  }

  /** A view or a list. */
  static Output table(boolean owned, Collection<String> columns) {
    return new Output(owned, false, List.copyOf(columns));
  }

  /** The place of exec_id, from 0; -1 where it cannot be told. */
  int keyPlace() {
    return ordered ? columns.indexOf(KEY) : -1;
  }
}
