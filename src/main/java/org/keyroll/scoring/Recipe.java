package org.keyroll.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Formula;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Policy.Limits;

/**
 * How a fact is come by, with everything looked up once for all units.
 *
 * @param number of the fact
 * @param datedBy slot of the date of a value, for facts whose freshness has one
 * @param late whether it needs a derived fact, which needs the whole population
 */
record Recipe(
    int number,
    String name,
    FactType type,
    Policy.Fact fact,
    List<Cell> from,
    Map<Cell, Integer> datedBy,
    Set<Object> missing,
    @Nullable Events events,
    @Nullable Formula formula,
    @Nullable Table table,
    boolean late) {

  /** Whether it is the number of one field as it stands. */
  boolean plain() {
    return type == FactType.NUMBER
        && from.size() == 1
        && missing.isEmpty()
        && fact.freshness() == null
        && !late;
  }

  /** The slot of the date of a value. */
  int dated(Cell cell) {
    return datedBy.getOrDefault(cell, -1);
  }

  /** A field of a source. */
  record Cell(int source, String sourceId, int slot, String field) {}

  /** Records in a window. */
  record Events(Policy.Events rule, Cell on, @Nullable Cell field, Map<Cell, Set<String>> where) {}

  /** A table with its facts by number. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Table(Limits limits, int[] by) {

    @Nullable String value(Matrix matrix, int row) {
      for (var line : limits.rows()) {
        if (fits(line.when(), matrix, row)) {
          return line.value();
        }
      }
      return limits.otherwise();
    }

    private boolean fits(Map<String, String> when, Matrix matrix, int row) {
      for (int i = 0; i < by.length; i++) {
        var wanted = when.get(limits.by().get(i));
        if (wanted != null && !fits(wanted, (String) matrix.value(row, by[i]))) {
          return false;
        }
      }
      return true;
    }

    private static boolean fits(String wanted, @Nullable String found) {
      return found != null
          && (wanted.endsWith("*")
              ? found.startsWith(wanted.substring(0, wanted.length() - 1))
              : found.equals(wanted));
    }
  }

  /** Missing codes as they are compared: numbers by value, so that -999 is also -999.0. */
  static Set<Object> missing(Policy.Fact fact) {
    var codes = new HashSet<Object>();
    for (var code : fact.missing()) {
      codes.add(fact.type() == FactType.NUMBER ? (Object) Double.valueOf(code) : code);
    }
    return codes;
  }
}
