package org.keyroll.identity;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Brings units and links to what was decided, set by set, and puts down what happened to units. */
@Component
class UnitChanges {
  static final String MERGER = "merger";
  static final String VERDICT = "verdict";

  /** All units that any version of a record was ever linked to, the record's number given. */
  static final String UNITS_OF_KEY =
      """
      SELECT DISTINCT u.unit_id FROM record n
        STRAIGHT_JOIN (SELECT run_id FROM run UNION SELECT 4294967295) x
        STRAIGHT_JOIN record o FORCE INDEX (in_force) ON o.source_id = n.source_id
          AND o.until_run = x.run_id AND o.key_hash = n.key_hash AND o.record_key = n.record_key
        STRAIGHT_JOIN link l ON l.record_id = o.record_id
        STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
      WHERE n.record_id = ?
      """;

  private final JdbcClient db;
  private final javax.sql.DataSource dataSource;

  UnitChanges(JdbcClient db, javax.sql.DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /**
   * Where a record belongs.
   *
   * @param unit 0 for no unit
   * @param probability of the best evidence; null where it founds its unit
   * @param linked whether it may have a link already
   */
  record Place(long record, long unit, @Nullable Double probability, boolean linked) {
    /** Of a record that has a link, and without evidence. */
    Place(long record, long unit) {
      this(record, unit, null, true);
    }
  }

  /** A new unit and the record that says what it is called. */
  record Newborn(long unit, long record) {}

  long lastUnit() {
    return db.sql("SELECT COALESCE(MAX(unit_id), 0) FROM unit").query(Long.class).single();
  }

  /** New units; an identifier that a unit has already is not given to a second one. */
  void mint(Run run, List<Newborn> newborns) throws Exception {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE newborn (unit_id INT UNSIGNED NOT NULL PRIMARY KEY,"
                + " record_id BIGINT UNSIGNED NOT NULL)")
        .update();
    load(
        "newborn",
        List.of("unit_id", "record_id"),
        lines -> {
          for (var newborn : newborns) {
            lines.add(newborn.unit()).add(newborn.record()).end();
          }
        });
    db.sql(
            """
            INSERT INTO unit (unit_id, programme_id, identifier, name, full_name, brief_name,
                since_run, touched_run)
            SELECT n.unit_id, ?, IF(u.unit_id IS NULL, r.identifier, NULL),
                COALESCE(JSON_VALUE(r.payload, ?), r.record_key), r.full_name, r.brief_name, ?, ?
            FROM newborn n STRAIGHT_JOIN record r ON r.record_id = n.record_id
              LEFT JOIN unit u ON u.identifier = r.identifier AND u.programme_id = ?
            """)
        .params(
            run.scope().programmeId(),
            "$." + run.definitions().matching().name(),
            run.id(),
            run.id(),
            run.scope().programmeId())
        .update();
    db.sql("DROP TEMPORARY TABLE newborn").update();
  }

  /**
   * Moves records to where they belong.
   *
   * @return records that have a link now and had none
   */
  long place(Run run, Stream<Place> places, String rule) throws Exception {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE placed (record_id BIGINT UNSIGNED NOT NULL PRIMARY"
                + " KEY, unit_id INT UNSIGNED NOT NULL, probability DOUBLE NULL,"
                + " linked BOOLEAN NOT NULL)")
        .update();
    load(
        "placed",
        List.of("record_id", "unit_id", "probability", "linked"),
        lines -> {
          for (var place : (Iterable<Place>) places::iterator) {
            lines
                .add(place.record())
                .add(place.unit())
                .add(place.probability())
                .add(place.linked() ? 1 : 0)
                .end();
          }
        });
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id AND l.until_run = ?
              STRAIGHT_JOIN unit u FORCE INDEX (PRIMARY) ON u.unit_id = l.unit_id
            SET u.touched_run = ? WHERE p.linked AND l.unit_id <> p.unit_id
            """)
        .params(Run.STILL, run.id())
        .update();
    // A link of this same run was never in force.
    db.sql(
            "DELETE l FROM placed p STRAIGHT_JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id"
                + " AND l.until_run = ? WHERE p.linked AND l.unit_id <> p.unit_id"
                + " AND l.since_run = ?")
        .params(Run.STILL, run.id())
        .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id AND l.until_run = ?
            SET l.until_run = ? WHERE p.linked AND l.unit_id <> p.unit_id
            """)
        .params(Run.STILL, run.id())
        .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id AND l.until_run = ?
            SET l.probability = p.probability
            WHERE p.linked AND l.rule = ? AND NOT l.probability <=> p.probability
            """)
        .params(Run.STILL, rule)
        .update();
    int linked =
        db.sql(
                """
                INSERT INTO link (record_id, since_run, unit_id, rule, probability)
                SELECT record_id, ?, unit_id, ?, probability FROM placed
                WHERE unit_id > 0 AND NOT linked
                """)
            .params(run.id(), rule)
            .update();
    linked +=
        db.sql(
                """
                INSERT INTO link (record_id, since_run, unit_id, rule, probability)
                SELECT p.record_id, ?, p.unit_id, ?, p.probability
                FROM placed p LEFT JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id AND l.until_run = ?
                WHERE p.unit_id > 0 AND p.linked AND l.record_id IS NULL
                """)
            .params(run.id(), rule, Run.STILL)
            .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN unit u FORCE INDEX (PRIMARY) ON u.unit_id = p.unit_id AND u.touched_run < ?
              STRAIGHT_JOIN link l FORCE INDEX (PRIMARY) ON l.record_id = p.record_id AND l.since_run = ?
            SET u.touched_run = ? WHERE l.unit_id = p.unit_id
            """)
        .params(run.id(), run.id(), run.id())
        .update();
    db.sql("DELETE x FROM placed p JOIN unlinked x USING (record_id) WHERE p.unit_id > 0").update();
    db.sql("INSERT IGNORE INTO unlinked (record_id) SELECT record_id FROM placed WHERE unit_id = 0")
        .update();
    db.sql("DROP TEMPORARY TABLE placed").update();
    return linked;
  }

  /** A unit turns out to be another one: it leads there from now on, with all its records. */
  void merge(Run run, Assignment.Merger merger) throws Exception {
    var records =
        db.sql("SELECT record_id FROM link WHERE unit_id = ? AND until_run = ? ORDER BY record_id")
            .params(merger.unit(), Run.STILL)
            .query(Long.class)
            .list();
    place(run, records.stream().map(r -> new Place(r, merger.into())), MERGER);
    leadOn(run, merger.unit(), merger.into());
    remember(run, merger.unit());
    db.sql(
            "UPDATE unit SET state = 'merged', merged_into = ?, ended_on = ?, redirect = TRUE,"
                + " touched_run = ? WHERE unit_id = ?")
        .params(merger.into(), run.asOf(), run.id(), merger.unit())
        .update();
    event(run, merger.unit(), "merged", run.asOf(), null, merger.into());
  }

  /** Units that led to one lead to another from now on, so no redirect has a second step. */
  void leadOn(Run run, long unit, long into) {
    for (long led : led(unit)) {
      remember(run, led);
      db.sql("UPDATE unit SET merged_into = ? WHERE unit_id = ?").params(into, led).update();
    }
  }

  private List<Long> led(long unit) {
    return db.sql("SELECT unit_id FROM unit WHERE merged_into = ? ORDER BY unit_id")
        .param(unit)
        .query(Long.class)
        .list();
  }

  /** Part of a unit becomes one of its own, under a new id or under one it had before. */
  void split(Run run, long kept, long left, boolean revived) {
    if (revived) {
      revive(run, left);
      event(run, left, "revived", run.asOf(), null, kept);
    } else {
      event(run, left, "split_from", run.asOf(), null, kept);
    }
    event(run, kept, "split", run.asOf(), null, left);
  }

  /** A unit gets the identifier that a registry has told of it. */
  void identify(Run run, long unit, String identifier) {
    remember(run, unit);
    db.sql("UPDATE unit SET identifier = ?, touched_run = ? WHERE unit_id = ?")
        .params(identifier, run.id(), unit)
        .update();
    event(run, unit, "identified", run.asOf(), null, null);
  }

  /** A unit that had ended lives again. */
  void revive(Run run, long unit) {
    remember(run, unit);
    db.sql(
            "UPDATE unit SET state = 'active', merged_into = NULL, ended_on = NULL,"
                + " redirect = FALSE, touched_run = ? WHERE unit_id = ?")
        .params(run.id(), unit)
        .update();
  }

  /**
   * Takes back a merger: the unit lives again, with the records it had, in whatever version they
   * are now, those that bear its identifier, and the units that led to it.
   */
  void restore(Run run, long unit, long from) throws Exception {
    split(run, from, unit, true);
    for (long led :
        db.sql(
                "SELECT u.unit_id FROM unit u JOIN unit_event e ON e.unit_id = u.unit_id"
                    + " AND e.kind = 'merged' AND e.other = ? WHERE u.merged_into = ?"
                    + " ORDER BY u.unit_id")
            .params(unit, from)
            .query(Long.class)
            .list()) {
      remember(run, led);
      db.sql("UPDATE unit SET merged_into = ? WHERE unit_id = ?").params(unit, led).update();
    }
    var back =
        db.sql(
                """
                SELECT m.record_id, COALESCE(
                    (SELECT p.rule FROM link p WHERE p.record_id = m.record_id AND p.unit_id = ?
                     ORDER BY p.since_run DESC LIMIT 1), m.rule)
                FROM link m JOIN record w ON w.record_id = m.record_id
                WHERE m.unit_id = ? AND m.until_run = ? AND (
                  w.identifier = (SELECT identifier FROM unit WHERE unit_id = ?)
                  OR ? IN (%s))
                ORDER BY m.record_id
                """
                    .formatted(UNITS_OF_KEY.replace("= ?", "= m.record_id")))
            .params(unit, from, Run.STILL, unit, unit)
            .query((row, n) -> Map.entry(row.getString(2), row.getLong(1)))
            .list();
    for (var rule : back.stream().map(Map.Entry::getKey).distinct().toList()) {
      place(
          run,
          back.stream()
              .filter(e -> e.getKey().equals(rule))
              .map(e -> new Place(e.getValue(), unit)),
          rule);
    }
  }

  /** Units that merged as organisations, and the ones that took them over. */
  Map<Long, Long> successors(Run run) {
    var successors = new HashMap<Long, Long>();
    db.sql(
            "SELECT unit_id, merged_into FROM unit WHERE state = 'merged' AND NOT redirect"
                + " AND merged_into IS NOT NULL AND programme_id = ?")
        .param(run.scope().programmeId())
        .query(
            row -> {
              successors.put(row.getLong(1), row.getLong(2));
            });
    return successors;
  }

  /** Keeps what was known of a unit until now; to be called before a run changes it. */
  void remember(Run run, long unit) {
    db.sql(
            "INSERT IGNORE INTO unit_past"
                + " SELECT unit_id, ?, identifier, name, state, merged_into, ended_on FROM unit"
                + " WHERE unit_id = ? AND since_run < ?")
        .params(run.id(), unit, run.id())
        .update();
  }

  /**
   * Puts down what happened to a unit.
   *
   * @param on when it happened; the run says when it became known
   */
  void event(
      Run run,
      long unit,
      String kind,
      LocalDate on,
      @Nullable String oldName,
      @Nullable Long other) {
    db.sql(
            "REPLACE INTO unit_event (unit_id, run_id, kind, as_of, old_name, other)"
                + " VALUES (?, ?, ?, ?, ?, ?)")
        .param(unit)
        .param(run.id())
        .param(kind)
        .param(on)
        .param(oldName)
        .param(other == null ? 0 : other)
        .update();
  }

  private void load(String table, List<String> columns, BulkLoad.Rows rows) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(connection, table, columns, rows);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
