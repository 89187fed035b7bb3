package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Programme;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how long units have been in their tiers, from revisions and assessments. */
@Component
public class Clocks {
  private static final int AT_ONCE = 1_000;

  private final JdbcClient db;

  Clocks(JdbcClient db) {
    this.db = db;
  }

  /** The clocks of units that are on the list; empty where the policy asks for none. */
  Map<Long, Clock> of(Scope scope, List<Long> units) {
    var clocks = new HashMap<Long, Clock>();
    if (scope.definitions().policy().hasClocks()) {
      for (int i = 0; i < units.size(); i += AT_ONCE) {
        read(scope, units.subList(i, Math.min(units.size(), i + AT_ONCE)), clocks);
      }
    }
    return clocks;
  }

  private record Entered(String tier, LocalDate since) {}

  private void read(Scope scope, List<Long> units, Map<Long, Clock> clocks) {
    var entered = entered(scope, units);
    var below = below(scope.programme(), entered);
    entered.forEach((unit, in) -> clocks.put(unit, new Clock(in.since(), below.get(unit))));
  }

  /** The tier of each unit, and when it came into it without having left it since. */
  private Map<Long, Entered> entered(Scope scope, List<Long> units) {
    var entered = new HashMap<Long, Entered>();
    var next = new HashMap<Long, Long>();
    db.sql(
            """
            SELECT e.unit_id, e.tier, e.since_revision, e.until_revision, v.as_of
            FROM entry e JOIN revision v
              ON v.programme_id = e.programme_id AND v.revision = e.since_revision
            WHERE e.programme_id = :programme AND e.unit_id IN (:units)
            ORDER BY e.unit_id, e.since_revision DESC
            """)
        .param("programme", scope.programmeId())
        .param("units", units)
        .query(
            row -> {
              long unit = row.getLong(1);
              var known = entered.get(unit);
              long until = next.getOrDefault(unit, Run.STILL);
              if (row.getLong(4) == until
                  && (known == null || known.tier().equals(row.getString(2)))) {
                entered.put(unit, new Entered(row.getString(2), row.getObject(5, LocalDate.class)));
                next.put(unit, row.getLong(3));
              } else {
                next.put(unit, 0L);
              }
            });
    return entered;
  }

  private Map<Long, LocalDate> below(Programme programme, Map<Long, Entered> entered) {
    var below = new HashMap<Long, LocalDate>();
    var over = new HashMap<Long, Boolean>();
    if (entered.isEmpty()) {
      return below;
    }
    db.sql(
            """
            SELECT a.unit_id, a.enters, r.as_of FROM assessment a JOIN run r ON r.run_id = a.since_run
            WHERE a.unit_id IN (:units) ORDER BY a.unit_id, a.since_run DESC
            """)
        .param("units", new ArrayList<>(entered.keySet()))
        .query(
            row -> {
              long unit = row.getLong(1);
              var in = java.util.Objects.requireNonNull(entered.get(unit));
              if (row.getInt(2) <= programme.rankOf(in.tier())) {
                over.put(unit, true);
              } else if (!over.containsKey(unit)) {
                below.put(unit, row.getObject(3, LocalDate.class));
              }
            });
    return below;
  }

  /** The clock of a unit on the list; null where the policy asks for none. */
  public @Nullable Clock of(Scope scope, long unit) {
    return of(scope, List.of(unit)).get(unit);
  }

  /** What clocks say of a unit on the list, for a person; null where they say nothing. */
  public @Nullable String words(Scope scope, long unit, String tier, LocalDate asOf) {
    var threshold = scope.definitions().policy().thresholds().get(tier);
    var clock = of(scope, unit);
    if (threshold == null || clock == null) {
      return null;
    }
    var stays = clock.stays(threshold);
    var leaves = clock.leaves(threshold);
    var words = new ArrayList<String>();
    if (stays != null && stays.isAfter(asOf)) {
      words.add(
          "stays in its tier until %s at least, having come into it on %s"
              .formatted(stays, clock.since()));
    }
    // A unit that is kept by a person may stay past that day.
    if (leaves != null && leaves.isAfter(asOf)) {
      words.add(
          "has been below the line to enter since %s, and may be until %s"
              .formatted(clock.below(), leaves));
    }
    return words.isEmpty() ? null : String.join("; ", words);
  }
}
