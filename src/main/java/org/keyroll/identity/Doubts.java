package org.keyroll.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.keyroll.definition.Run;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.keyroll.unit.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds what contradicts itself by the rules alone: a row that fits several units, one name under
 * two identifiers, one identifier under two names. None is joined or parted in silence; a person is
 * asked.
 */
@Component
class Doubts {
  // The record in force that stands for a unit: of a registry, the earliest.
  private static final String STANDS_FOR =
      "(SELECT MIN(q.record_id) FROM link q JOIN record w ON w.record_id = q.record_id"
          + " WHERE q.unit_id = %s AND q.until_run = 4294967295"
          + " AND FIND_IN_SET(w.source_id, '%s') > 0)";
  private static final String SAME_SCHEME =
      "u.identifier <> %1$s.identifier"
          + " AND SUBSTRING_INDEX(u.identifier, ':', 1) = SUBSTRING_INDEX(%1$s.identifier, ':', 1)";

  private static final int AT_ONCE = 1000;

  private final JdbcClient db;

  Doubts(JdbcClient db) {
    this.db = db;
  }

  /** Adds what new records bring, and drops what has been settled. */
  void update(Run run, List<Delivery> fresh) {
    severalUnits(run);
    nameOfAnother(run);
    if (db.sql("SELECT EXISTS (SELECT 1 FROM unit WHERE programme_id = ? AND since_run = ?)")
        .params(run.scope().programmeId(), run.id())
        .query(Boolean.class)
        .single()) {
      oneNameOfTwoUnits(run);
    }
    for (var delivery : fresh) {
      oneCodeOfTwoNames(run, delivery);
      twoRowsOfOneUnit(run, delivery);
    }
    dropSettled(run);
  }

  private static String standsFor(Run run, String unit) {
    return STANDS_FOR.formatted(
        unit, String.join(",", run.scope().registries().stream().map(String::valueOf).toList()));
  }

  private void severalUnits(Run run) {
    add(
        run,
        "several",
        """
        SELECT x.record_id AS one, %s AS other
        FROM unlinked x STRAIGHT_JOIN record r ON r.record_id = x.record_id
          STRAIGHT_JOIN source s ON s.source_id = r.source_id AND s.programme_id = %d
          JOIN JSON_TABLE(CONCAT('[', x.candidates, ']'), '$[*]'
            COLUMNS (unit_id INT UNSIGNED PATH '$')) c
          JOIN unit u ON u.unit_id = c.unit_id AND u.programme_id = s.programme_id
        WHERE x.candidates IS NOT NULL
        """
            .formatted(standsFor(run, "u.unit_id"), run.scope().programmeId()));
  }

  /** A row that waits has the name of a unit and another identifier. */
  private void nameOfAnother(Run run) {
    add(
        run,
        "one_name",
        """
        SELECT x.record_id AS one, %s AS other
        FROM unlinked x STRAIGHT_JOIN record r ON r.record_id = x.record_id
          STRAIGHT_JOIN source s ON s.source_id = r.source_id AND s.programme_id = %d
          STRAIGHT_JOIN unit u FORCE INDEX (brief_name) ON u.programme_id = s.programme_id AND u.brief_name = r.brief_name
            AND u.full_name = r.full_name
        WHERE %s
        """
            .formatted(
                standsFor(run, "COALESCE(u.merged_into, u.unit_id)"),
                run.scope().programmeId(),
                SAME_SCHEME.formatted("r")));
  }

  /** New units with the name of another one. */
  private void oneNameOfTwoUnits(Run run) {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE namesake (brief_name VARCHAR(191) NOT NULL"
                + " PRIMARY KEY)")
        .update();
    boolean all =
        !db.sql("SELECT EXISTS (SELECT 1 FROM unit WHERE since_run < ?)")
            .param(run.id())
            .query(Boolean.class)
            .single();
    // Of a first night, reading an index in order costs a tenth of looking up every unit.
    db.sql(
            all
                ? "INSERT INTO namesake SELECT brief_name FROM unit FORCE INDEX (brief_name)"
                    + " WHERE brief_name IS NOT NULL GROUP BY brief_name HAVING COUNT(*) > 1"
                : "INSERT INTO namesake SELECT DISTINCT n.brief_name FROM unit n FORCE INDEX (touched_run)"
                    + " JOIN unit o FORCE INDEX (brief_name) ON o.brief_name = n.brief_name AND o.unit_id <> n.unit_id"
                    + " WHERE n.touched_run = %1$d AND n.since_run = %1$d".formatted(run.id()))
        .update();
    add(
        run,
        "one_name",
        """
        SELECT %1$s AS one, %2$s AS other
        FROM (
          SELECT MIN(o.unit_id) AS unit_id, o.full_name FROM namesake m
            JOIN unit o FORCE INDEX (brief_name) ON o.brief_name = m.brief_name
          WHERE o.programme_id = %4$d AND o.state <> 'merged'
          GROUP BY o.full_name
        ) f JOIN unit n ON n.unit_id = f.unit_id
          JOIN unit u FORCE INDEX (brief_name) ON u.brief_name = n.brief_name
            AND u.full_name = n.full_name AND u.programme_id = n.programme_id
        WHERE u.unit_id > n.unit_id AND u.state <> 'merged'
          AND (u.identifier IS NULL OR n.identifier IS NULL OR %3$s)
        """
            .formatted(
                standsFor(run, "n.unit_id"),
                standsFor(run, "u.unit_id"),
                SAME_SCHEME.formatted("n"),
                run.scope().programmeId()));
    db.sql("DROP TEMPORARY TABLE namesake").update();
  }

  private void oneCodeOfTwoNames(Run run, Delivery delivery) {
    var names = new Names(run.definitions().matching().legalForms());
    var doubtful = new ArrayList<Long>();
    db.sql(
            """
            SELECT r.record_id, r.full_name, u.full_name
            FROM link l STRAIGHT_JOIN record r ON r.record_id = l.record_id
              STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
            WHERE l.record_id BETWEEN ? AND ? AND l.since_run = ? AND l.until_run = ?
              AND u.identifier = r.identifier AND r.full_name <> u.full_name
              AND NOT r.brief_name <=> u.brief_name AND NOT r.former_name <=> u.full_name
              AND NOT EXISTS (SELECT 1 FROM unit_alias a
                WHERE a.full_name = r.full_name AND a.unit_id = u.unit_id)
            ORDER BY r.record_id
            """)
        .params(
            Intake.firstRecord(delivery.id()),
            Intake.firstRecord(delivery.id() + 1) - 1,
            run.id(),
            Run.STILL)
        .query(
            row -> {
              if (!names.alike(row.getString(2), row.getString(3))) {
                doubtful.add(row.getLong(1));
              }
            });
    for (int from = 0; from < doubtful.size(); from += AT_ONCE) {
      var some = doubtful.subList(from, Math.min(doubtful.size(), from + AT_ONCE));
      add(
          run,
          "one_code",
          "SELECT l.record_id AS one, %s AS other FROM link l WHERE l.record_id IN (%s) AND l.until_run = %d"
              .formatted(
                  standsFor(run, "l.unit_id"),
                  some.stream().map(String::valueOf).collect(Collectors.joining(",")),
                  Run.STILL));
    }
  }

  /** Rules have linked two rows to one unit, of a source that says no two of its rows are one. */
  private void twoRowsOfOneUnit(Run run, Delivery delivery) {
    var similarity = run.definitions().matching().similarity();
    var source = run.definitions().recordsOf(delivery.source());
    if (similarity == null
        || !similarity.distinct().contains(source)
        || Resolver.identifierIsKey(run, delivery)) {
      return;
    }
    add(
        run,
        "rival",
        """
        SELECT l.record_id AS one, MIN(o.record_id) AS other
        FROM link l STRAIGHT_JOIN link o FORCE INDEX (of_unit) ON o.unit_id = l.unit_id
            AND o.until_run = l.until_run AND o.record_id <> l.record_id
          STRAIGHT_JOIN record w ON w.record_id = o.record_id AND w.source_id = %d
        WHERE l.record_id BETWEEN %d AND %d AND l.until_run = %d
        GROUP BY l.record_id
        """
            .formatted(
                run.scope().sourceId(source),
                Intake.firstRecord(delivery.id()),
                Intake.firstRecord(delivery.id() + 1) - 1,
                Run.STILL));
  }

  private void add(Run run, String cause, String pairs) {
    db.sql(
            """
            INSERT IGNORE INTO candidate (programme_id, record_a, record_b, weight, cause, since_run)
            SELECT ?, LEAST(one, other), GREATEST(one, other), NULL, ?, ? FROM (%s) p
            WHERE other IS NOT NULL AND one IS NOT NULL AND one <> other ORDER BY 2, 3
            """
                .formatted(pairs))
        .params(run.scope().programmeId(), cause, run.id())
        .update();
  }

  private void dropSettled(Run run) {
    db.sql(
            """
            DELETE c FROM candidate c
              LEFT JOIN record a ON a.record_id = c.record_a AND a.until_run = 4294967295
              LEFT JOIN record b ON b.record_id = c.record_b AND b.until_run = 4294967295
              LEFT JOIN link k ON k.record_id = c.record_a AND k.until_run = 4294967295
              LEFT JOIN link l ON l.record_id = c.record_b AND l.until_run = 4294967295
            WHERE c.programme_id = ? AND (
              c.weight IS NOT NULL AND k.unit_id = l.unit_id
              OR c.weight IS NULL AND (
              a.record_id IS NULL OR b.record_id IS NULL
              OR c.cause = 'several' AND k.record_id IS NOT NULL AND l.record_id IS NOT NULL
              OR c.cause = 'one_name' AND k.unit_id = l.unit_id
              OR c.cause IN ('one_code', 'rival') AND NOT k.unit_id <=> l.unit_id
              OR c.cause = 'one_code' AND a.full_name = b.full_name
              OR EXISTS (SELECT 1 FROM verdict v WHERE %s)))
            """
                .formatted(Verdicts.SPEAKS_OF_BOTH))
        .param(run.scope().programmeId())
        .update();
  }
}
