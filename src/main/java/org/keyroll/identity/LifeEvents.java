package org.keyroll.identity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Matching;
import org.keyroll.definition.Run;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Renames, mergers and dissolutions, as registries tell of them; each is a dated event. */
@Component
class LifeEvents {
  private final JdbcClient db;
  private final UnitChanges changes;

  LifeEvents(JdbcClient db, UnitChanges changes) {
    this.db = db;
    this.changes = changes;
  }

  /** How many units came to an end. */
  record Ends(long merged, long dissolved) {}

  void learnFormerNames(Run run, Delivery delivery) {
    db.sql(
            """
            INSERT IGNORE INTO unit_alias (full_name, unit_id, since_run)
            SELECT r.former_name, l.unit_id, ?
            FROM noted n STRAIGHT_JOIN record r ON r.record_id = n.record_id
              STRAIGHT_JOIN link l FORCE INDEX (PRIMARY)
                    ON l.record_id = r.record_id AND l.until_run = ?
            WHERE n.record_id BETWEEN ? AND ? AND r.former_name IS NOT NULL
            """)
        .params(
            run.id(),
            Run.STILL,
            Intake.firstRecord(delivery.id()),
            Intake.firstRecord(delivery.id() + 1) - 1)
        .update();
  }

  private record NewName(
      long unit,
      String oldName,
      @Nullable String oldFull,
      String name,
      @Nullable String full,
      @Nullable String brief) {}

  /** Takes over new names from a registry, unless one before it also holds the unit. */
  int rename(Run run, Delivery delivery) {
    var matching = run.definitions().matching();
    long oldest =
        db.sql("SELECT since_run FROM unit ORDER BY unit_id LIMIT 1")
            .query(Long.class)
            .optional()
            .orElse(run.id());
    if (oldest == run.id()) {
      return 0;
    }
    var before =
        matching
            .registries()
            .subList(
                0, matching.registries().indexOf(run.definitions().recordsOf(delivery.source())))
            .stream()
            .map(s -> Integer.toString(run.scope().sourceId(s)))
            .toList();
    var names =
        db.sql(
                """
                SELECT u.unit_id, u.name, u.full_name, JSON_VALUE(r.payload, ?), r.full_name,
                    r.brief_name
                FROM record r
                  JOIN link l FORCE INDEX (PRIMARY)
                    ON l.record_id = r.record_id AND l.until_run = ?
                  JOIN unit u ON u.unit_id = l.unit_id AND u.since_run < ?
                WHERE r.record_id BETWEEN ? AND ? AND r.until_run = ?
                  AND JSON_VALUE(r.payload, ?) <> u.name
                  AND NOT EXISTS (
                    SELECT 1 FROM link l2 FORCE INDEX (of_unit)
                      STRAIGHT_JOIN record r2 FORCE INDEX (PRIMARY) ON r2.record_id = l2.record_id
                    WHERE l2.unit_id = u.unit_id AND l2.until_run = ?
                      AND FIND_IN_SET(r2.source_id, ?) > 0)
                ORDER BY r.record_id
                """)
            .params(
                "$." + matching.name(),
                Run.STILL,
                run.id(),
                Intake.firstRecord(delivery.id()),
                Intake.firstRecord(delivery.id() + 1) - 1,
                Run.STILL,
                "$." + matching.name(),
                Run.STILL,
                String.join(",", before))
            .query(
                (row, n) ->
                    new NewName(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
            .list();
    int renamed = 0;
    for (var name : names) {
      changes.remember(run, name.unit());
      db.sql("UPDATE unit SET name = ?, full_name = ?, brief_name = ? WHERE unit_id = ?")
          .param(name.name())
          .param(name.full())
          .param(name.brief())
          .param(name.unit())
          .update();
      if (name.oldFull() != null && !name.oldFull().equals(name.full())) {
        renamed++;
        changes.event(run, name.unit(), "renamed", run.asOf(), name.oldName(), null);
        db.sql("INSERT IGNORE INTO unit_alias (full_name, unit_id, since_run) VALUES (?, ?, ?)")
            .params(name.oldFull(), name.unit(), run.id())
            .update();
      }
    }
    return renamed;
  }

  private record Ended(long unit, @Nullable String successor, @Nullable LocalDate on) {}

  Ends end(Run run, List<Delivery> fresh) throws Exception {
    long merged = 0;
    long dissolved = 0;
    for (var delivery : fresh) {
      var told = new ArrayList<Long>();
      var source = run.definitions().recordsOf(delivery.source());
      for (var event : run.definitions().matching().events()) {
        if (!event.source().equals(source)) {
          continue;
        }
        for (var ended : ended(run, delivery, event)) {
          told.add(ended.unit());
          if (event.kind() == Matching.Event.Kind.MERGED) {
            merged += merge(run, ended) ? 1 : 0;
          } else {
            dissolved += dissolve(run, ended) ? 1 : 0;
          }
        }
      }
      if (run.definitions().matching().events().stream().anyMatch(e -> e.source().equals(source))) {
        revive(run, delivery, told);
      }
    }
    return new Ends(merged, dissolved);
  }

  private List<Ended> ended(Run run, Delivery delivery, Matching.Event event) {
    var scheme =
        run.definitions().matching().identifiers().isEmpty()
            ? ""
            : run.definitions().matching().identifiers().get(0).scheme();
    return db.sql(
            """
            SELECT l.unit_id, JSON_VALUE(r.payload, ?), JSON_VALUE(r.payload, ?)
            FROM noted n STRAIGHT_JOIN record r ON r.record_id = n.record_id
              STRAIGHT_JOIN link l FORCE INDEX (PRIMARY)
                    ON l.record_id = r.record_id AND l.until_run = ?
            WHERE n.record_id BETWEEN ? AND ? AND r.until_run = ?
              AND JSON_VALUE(r.payload, ?) = ?
            ORDER BY r.record_id
            """)
        .params(
            "$." + (event.successor() == null ? "-" : event.successor()),
            "$." + (event.on() == null ? "-" : event.on()),
            Run.STILL,
            Intake.firstRecord(delivery.id()),
            Intake.firstRecord(delivery.id() + 1) - 1,
            Run.STILL,
            "$." + event.field(),
            event.equals())
        .query(
            (row, n) ->
                new Ended(
                    row.getLong(1),
                    row.getString(2) == null ? null : scheme + ":" + row.getString(2),
                    row.getObject(3) == null ? null : LocalDate.parse(row.getString(3))))
        .list();
  }

  private boolean merge(Run run, Ended ended) throws Exception {
    var successor =
        db.sql(
                "SELECT COALESCE(merged_into, unit_id) FROM unit"
                    + " WHERE identifier = ? AND programme_id = ?")
            .params(ended.successor() == null ? "" : ended.successor(), run.scope().programmeId())
            .query(Long.class)
            .optional()
            .filter(s -> s != ended.unit());
    changes.remember(run, ended.unit());
    int changed =
        db.sql(
                "UPDATE unit SET state = 'merged', merged_into = ?, ended_on = ?, redirect = FALSE,"
                    + " touched_run = ?"
                    + " WHERE unit_id = ? AND (state <> 'merged' OR NOT merged_into <=> ?)")
            .param(successor.orElse(null))
            .param(ended.on() == null ? run.asOf() : ended.on())
            .param(run.id())
            .param(ended.unit())
            .param(successor.orElse(null))
            .update();
    if (changed == 0) {
      return false;
    }
    changes.event(
        run,
        ended.unit(),
        "merged",
        ended.on() == null ? run.asOf() : ended.on(),
        null,
        successor.orElse(null));
    if (successor.isPresent()) {
      handOver(run, ended.unit(), successor.get());
    }
    return true;
  }

  /** What reports said of the merged unit counts for its successor from now on. */
  private void handOver(Run run, long unit, long successor) throws Exception {
    changes.leadOn(run, unit, successor);
    var registries =
        String.join(",", run.scope().registries().stream().map(String::valueOf).toList());
    var mine =
        """
        FROM link l JOIN record r ON r.record_id = l.record_id
        WHERE l.unit_id = ? AND l.until_run = ? AND FIND_IN_SET(r.source_id, ?) = 0
        """;
    var records =
        db.sql("SELECT l.record_id " + mine)
            .params(unit, Run.STILL, registries)
            .query(Long.class)
            .list();
    changes.place(
        run, records.stream().map(r -> new UnitChanges.Place(r, successor)), UnitChanges.MERGER);
    db.sql("UPDATE unit SET touched_run = ? WHERE unit_id = ?")
        .params(run.id(), successor)
        .update();
  }

  private boolean dissolve(Run run, Ended ended) {
    var on = ended.on() == null ? run.asOf() : ended.on();
    changes.remember(run, ended.unit());
    int changed =
        db.sql(
                "UPDATE unit SET state = 'dissolved', ended_on = ?, touched_run = ?"
                    + " WHERE unit_id = ? AND state = 'active'")
            .params(on, run.id(), ended.unit())
            .update();
    if (changed > 0) {
      changes.event(run, ended.unit(), "dissolved", on, null, null);
    }
    return changed > 0;
  }

  /** A unit that had ended and is reported as living again. */
  private void revive(Run run, Delivery delivery, List<Long> ended) {
    var units =
        db.sql(
                """
                SELECT u.unit_id FROM unit u FORCE INDEX (state)
                  STRAIGHT_JOIN link l FORCE INDEX (of_unit)
                    ON l.unit_id = u.unit_id AND l.until_run = ?
                WHERE u.programme_id = ? AND u.state IN ('merged', 'dissolved')
                  AND l.record_id BETWEEN ? AND ?
                ORDER BY u.unit_id
                """)
            .params(
                Run.STILL,
                run.scope().programmeId(),
                Intake.firstRecord(delivery.id()),
                Intake.firstRecord(delivery.id() + 1) - 1)
            .query(Long.class)
            .list();
    for (var unit : units) {
      if (!ended.contains(unit)) {
        changes.revive(run, unit);
        changes.event(run, unit, "revived", run.asOf(), null, null);
      }
    }
  }
}
