package org.keyroll.identity;

import java.util.List;
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
   */
  record Place(long record, long unit, @Nullable Double probability) {}

  /** A new unit and the record that says what it is called. */
  record Newborn(long unit, long record) {}

  long lastUnit() {
    return db.sql("SELECT COALESCE(MAX(unit_id), 0) FROM unit").query(Long.class).single();
  }

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
            SELECT n.unit_id, ?, r.identifier, COALESCE(JSON_VALUE(r.payload, ?), r.record_key),
                r.full_name, r.brief_name, ?, ?
            FROM newborn n STRAIGHT_JOIN record r ON r.record_id = n.record_id
            """)
        .params(
            run.scope().programmeId(),
            "$." + run.definitions().matching().name(),
            run.id(),
            run.id())
        .update();
    db.sql("DROP TEMPORARY TABLE newborn").update();
  }

  /**
   * Moves records to where they belong.
   *
   * @return records that have a link now and had none
   */
  long place(Run run, List<Place> places, String rule) throws Exception {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE placed (record_id BIGINT UNSIGNED NOT NULL PRIMARY"
                + " KEY, unit_id INT UNSIGNED NOT NULL, probability DOUBLE NULL)")
        .update();
    load(
        "placed",
        List.of("record_id", "unit_id", "probability"),
        lines -> {
          for (var place : places) {
            lines.add(place.record()).add(place.unit()).add(place.probability()).end();
          }
        });
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l ON l.record_id = p.record_id AND l.until_run = ?
              STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
            SET u.touched_run = ? WHERE l.unit_id <> p.unit_id
            """)
        .params(Run.STILL, run.id())
        .update();
    // A link of this same run was never in force.
    db.sql(
            "DELETE l FROM placed p STRAIGHT_JOIN link l ON l.record_id = p.record_id"
                + " AND l.until_run = ? WHERE l.unit_id <> p.unit_id AND l.since_run = ?")
        .params(Run.STILL, run.id())
        .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l ON l.record_id = p.record_id AND l.until_run = ?
            SET l.until_run = ? WHERE l.unit_id <> p.unit_id
            """)
        .params(Run.STILL, run.id())
        .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l ON l.record_id = p.record_id AND l.until_run = ?
            SET l.probability = p.probability
            WHERE l.rule = ? AND NOT l.probability <=> p.probability
            """)
        .params(Run.STILL, rule)
        .update();
    int linked =
        db.sql(
                """
                INSERT INTO link (record_id, since_run, unit_id, rule, probability)
                SELECT p.record_id, ?, p.unit_id, ?, p.probability
                FROM placed p LEFT JOIN link l ON l.record_id = p.record_id AND l.until_run = ?
                WHERE p.unit_id > 0 AND l.record_id IS NULL
                """)
            .params(run.id(), rule, Run.STILL)
            .update();
    db.sql(
            """
            UPDATE placed p STRAIGHT_JOIN link l ON l.record_id = p.record_id AND l.since_run = ?
              STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
            SET u.touched_run = ? WHERE u.touched_run < ?
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
    place(run, records.stream().map(r -> new Place(r, merger.into(), null)).toList(), MERGER);
    db.sql("UPDATE unit SET merged_into = ? WHERE merged_into = ?")
        .params(merger.into(), merger.unit())
        .update();
    db.sql(
            "UPDATE unit SET state = 'merged', merged_into = ?, ended_on = ?, touched_run = ?"
                + " WHERE unit_id = ?")
        .params(merger.into(), run.asOf(), run.id(), merger.unit())
        .update();
    event(run, merger.unit(), "merged", merger.into());
  }

  /** Part of a unit becomes one of its own, under a new id or under one it had before. */
  void split(Run run, long kept, long left, boolean revived) {
    if (revived) {
      db.sql(
              "UPDATE unit SET state = 'active', merged_into = NULL, ended_on = NULL,"
                  + " touched_run = ? WHERE unit_id = ?")
          .params(run.id(), left)
          .update();
      event(run, left, "revived", kept);
    } else {
      event(run, left, "split_from", kept);
    }
    event(run, kept, "split", left);
  }

  private void event(Run run, long unit, String kind, long other) {
    db.sql(
            "REPLACE INTO unit_event (unit_id, run_id, kind, as_of, old_name, other)"
                + " VALUES (?, ?, ?, ?, NULL, ?)")
        .params(unit, run.id(), kind, run.asOf(), other)
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
