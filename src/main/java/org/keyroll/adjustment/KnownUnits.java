package org.keyroll.adjustment;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The units of a programme as they were known after a run. */
final class KnownUnits {
  private static final int AT_ONCE = 1_000;

  private final Map<Long, Known> units = new HashMap<>();

  /**
   * One of them.
   *
   * @param state as identity keeps it
   * @param successor name of the unit that it merged into
   */
  record Known(@Nullable String identifier, String name, String state, @Nullable String successor) {
    boolean merged() {
      return state.equals("merged");
    }

    boolean dissolved() {
      return state.equals("dissolved");
    }
  }

  private KnownUnits() {}

  /** Those of the units given that there were. */
  static KnownUnits after(JdbcClient db, Scope scope, long run, Collection<Long> units) {
    var known = new KnownUnits();
    var all = List.copyOf(units);
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      known.read(db, scope, run, all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }
    return known;
  }

  private void read(JdbcClient db, Scope scope, long run, List<Long> some) {
    db.sql(
            """
            SELECT u.unit_id, IF(p.unit_id IS NULL, u.identifier, p.identifier) AS identifier,
              COALESCE(p.name, u.name) AS name, COALESCE(p.state, u.state) AS state,
              s.name AS successor
            FROM unit u LEFT JOIN unit_past p ON p.unit_id = u.unit_id AND p.until_run = (
                SELECT MIN(q.until_run) FROM unit_past q
                WHERE q.unit_id = u.unit_id AND q.until_run > :run)
              LEFT JOIN unit s ON s.unit_id = IF(p.unit_id IS NULL, u.merged_into, p.merged_into)
            WHERE u.unit_id IN (:units) AND u.programme_id = :programme AND u.since_run <= :run
            """)
        .param("units", some)
        .param("run", run)
        .param("programme", scope.programmeId())
        .query(
            row -> {
              units.put(
                  row.getLong("unit_id"),
                  new Known(
                      row.getString("identifier"),
                      row.getString("name"),
                      row.getString("state"),
                      row.getString("successor")));
            });
  }

  /** Their numbers, in order. */
  SortedSet<Long> numbers() {
    return new TreeSet<>(units.keySet());
  }

  boolean has(long unit) {
    return units.containsKey(unit);
  }

  /** The unit with this number; ask only for those that are here. */
  Known of(long unit) {
    return java.util.Objects.requireNonNull(units.get(unit));
  }
}
