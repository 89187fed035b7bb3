package org.keyroll.identity;

import java.util.List;
import org.keyroll.definition.Matching;
import org.keyroll.definition.Run;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.keyroll.intake.MatchKeyUpdate;
import org.keyroll.matching.Stage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Links the records of new deliveries to units, set by set. What is to be done follows from the
 * state of deliveries and links alone, so a run that was cut off is simply done again.
 */
@Service
public class Resolver {
  private final JdbcClient db;
  private final Deliveries deliveries;
  private final NameRules nameRules;
  private final LifeEvents lifeEvents;
  private final MatchKeyUpdate matchKeyUpdate;
  private final Similar similar;
  private final Judged judged;
  private final Doubts doubts;
  private final UnitChanges changes;

  Resolver(
      JdbcClient db,
      Deliveries deliveries,
      NameRules nameRules,
      LifeEvents lifeEvents,
      MatchKeyUpdate matchKeyUpdate,
      Similar similar,
      Judged judged,
      Doubts doubts,
      UnitChanges changes) {
    this.changes = changes;
    this.judged = judged;
    this.doubts = doubts;
    this.similar = similar;
    this.matchKeyUpdate = matchKeyUpdate;
    this.db = db;
    this.deliveries = deliveries;
    this.nameRules = nameRules;
    this.lifeEvents = lifeEvents;
  }

  /** Resolves all deliveries that were ingested, within the caller's transaction. */
  public Resolution resolve(Run run) throws Exception {
    var all = Stage.of("resolve");
    var resolution = resolved(run);
    all.done();
    return resolution;
  }

  private Resolution resolved(Run run) throws Exception {
    boolean rekeyed = matchKeyUpdate.update(run);
    var fresh =
        deliveries.all(run.scope()).stream()
            .filter(d -> d.state() == Delivery.State.INGESTED)
            .toList();
    if (!fresh.isEmpty()) {
      endLinksOfClosedRecords(run, fresh);
    }
    judged.release(run);
    long before = changes.lastUnit();
    var identifiers = Stage.of("identifiers");
    long linked = 0;
    for (var delivery : fresh) {
      if (isRegistry(run, delivery)) {
        identify(run, delivery);
        linked += mintByIdentifier(run, delivery);
      }
    }
    for (var delivery : fresh) {
      linked += linkByIdentifier(run, delivery);
    }
    identifiers.done();
    if (fresh.isEmpty() && !rekeyed && !judged.pending(run)) {
      linked += similar.link(run, fresh);
      return new Resolution(linked, waiting(run), changes.lastUnit() - before, 0, 0, 0);
    }
    var byName = Stage.of("names");
    linked += nameRules.link(run);
    byName.done();
    linked += similar.link(run, fresh);
    linked += judged.settle(run, fresh);
    linked += mintByName(run);
    touch(run, fresh);
    for (var delivery : fresh) {
      if (isRegistry(run, delivery)) {
        lifeEvents.learnFormerNames(run, delivery);
      }
    }
    // A report may use a name that a registry has only now given as a former one.
    linked += nameRules.link(run);
    int renamed = 0;
    for (var delivery : fresh) {
      if (isRegistry(run, delivery)) {
        renamed += lifeEvents.rename(run, delivery);
      }
    }
    var ends = lifeEvents.end(run, fresh);
    doubts.update(run, fresh);
    db.sql(
            "UPDATE delivery d JOIN source s USING (source_id) SET d.state = 'resolved'"
                + " WHERE s.programme_id = ? AND d.state = 'ingested'")
        .param(run.scope().programmeId())
        .update();
    return new Resolution(
        linked,
        waiting(run),
        changes.lastUnit() - before,
        renamed,
        ends.merged(),
        ends.dissolved());
  }

  static boolean isRegistry(Run run, Delivery delivery) {
    return run.definitions().source(delivery.source()).kind() == Source.Kind.REGISTRY;
  }

  private long waiting(Run run) {
    return db.sql(
            "SELECT COUNT(*) FROM unlinked x STRAIGHT_JOIN record r ON r.record_id = x.record_id"
                + " STRAIGHT_JOIN source s ON s.source_id = r.source_id WHERE s.programme_id = ?")
        .param(run.scope().programmeId())
        .query(Long.class)
        .single();
  }

  private void endLinksOfClosedRecords(Run run, List<Delivery> fresh) {
    for (var delivery : fresh) {
      int source = run.scope().sourceId(run.definitions().recordsOf(delivery.source()));
      long since = runOf(delivery);
      db.sql(
              """
              UPDATE record r FORCE INDEX (in_force)
                STRAIGHT_JOIN link l FORCE INDEX (PRIMARY)
                  ON l.record_id = r.record_id AND l.until_run = ?
                STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
              SET l.until_run = ?, u.touched_run = ?
              WHERE r.source_id = ? AND r.until_run >= ? AND r.until_run < ?
              """)
          .params(Run.STILL, run.id(), run.id(), source, since, Run.STILL)
          .update();
      db.sql(
              """
              DELETE x FROM record r FORCE INDEX (in_force)
                JOIN unlinked x ON x.record_id = r.record_id
              WHERE r.source_id = ? AND r.until_run >= ? AND r.until_run < ?
              """)
          .params(source, since, Run.STILL)
          .update();
    }
  }

  /** Closing a record carries the number of the run that took the delivery in, at the earliest. */
  private long runOf(Delivery delivery) {
    return db.sql("SELECT run_id FROM delivery WHERE delivery_id = ?")
        .param(delivery.id())
        .query(Long.class)
        .single();
  }

  /**
   * A unit that has no identifier yet gets that of the one registry row that bears its name, as the
   * row would have been linked to it by name had it come without; so it makes no difference which
   * of the two comes first.
   */
  private void identify(Run run, Delivery delivery) {
    if (run.definitions().matching().rules().stream().noneMatch(r -> r.by() == Matching.By.NAME)
        || !db.sql(
                "SELECT EXISTS (SELECT 1 FROM unit FORCE INDEX (identifier)"
                    + " WHERE identifier IS NULL AND programme_id = ? AND state = 'active')")
            .param(run.scope().programmeId())
            .query(Boolean.class)
            .single()) {
      return;
    }
    var known =
        db.sql(
                """
                SELECT MIN(u.unit_id), MIN(f.identifier)
                FROM record f
                  LEFT JOIN unit k FORCE INDEX (identifier) ON k.identifier = f.identifier
                    AND k.programme_id = ?
                  JOIN unit u FORCE INDEX (brief_name) ON u.brief_name = f.brief_name
                    AND u.full_name = f.full_name AND u.programme_id = ?
                  LEFT JOIN forbidden x ON x.record_id = f.record_id AND x.unit_id = u.unit_id
                WHERE f.record_id BETWEEN ? AND ? AND f.until_run = ? AND f.identifier IS NOT NULL
                  AND k.unit_id IS NULL AND x.record_id IS NULL
                GROUP BY f.full_name
                HAVING COUNT(DISTINCT u.unit_id) = 1 AND COUNT(DISTINCT f.identifier) = 1
                  AND MAX(u.identifier) IS NULL AND MAX(u.state) = 'active'
                ORDER BY 1
                """)
            .params(
                run.scope().programmeId(),
                run.scope().programmeId(),
                Intake.firstRecord(delivery.id()),
                Intake.firstRecord(delivery.id() + 1) - 1,
                Run.STILL)
            .query((row, n) -> java.util.Map.entry(row.getLong(1), row.getString(2)))
            .list();
    for (var unit : known) {
      changes.identify(run, unit.getKey(), unit.getValue());
    }
  }

  /**
   * A registry row with an identifier that no unit has is a new unit, in the order of the rows, and
   * is linked to it at once.
   */
  private long mintByIdentifier(Run run, Delivery delivery) {
    long from = Intake.firstRecord(delivery.id());
    long to = Intake.firstRecord(delivery.id() + 1) - 1;
    long last = changes.lastUnit();
    // Numbering by a key of its own costs a tenth of a window function over whole rows.
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE minted (n INT UNSIGNED NOT NULL AUTO_INCREMENT"
                + " PRIMARY KEY, record_id BIGINT UNSIGNED NOT NULL) ENGINE=Aria TRANSACTIONAL=0")
        .update();
    db.sql(
            """
            INSERT INTO minted (record_id)
            SELECT %s FROM record f %s
            WHERE f.record_id BETWEEN ? AND ? AND f.until_run = ? AND f.identifier IS NOT NULL
              %s %s
            ORDER BY 1
            """
                .formatted(
                    identifierIsKey(run, delivery) ? "f.record_id" : "MIN(f.record_id)",
                    last == 0
                        ? ""
                        : "LEFT JOIN unit u FORCE INDEX (identifier) ON u.identifier ="
                            + " f.identifier AND u.programme_id = "
                            + run.scope().programmeId(),
                    last == 0 ? "" : "AND u.unit_id IS NULL",
                    identifierIsKey(run, delivery) ? "" : "GROUP BY f.identifier"))
        .params(from, to, Run.STILL)
        .update();
    db.sql(
            """
            INSERT INTO unit (unit_id, programme_id, identifier, name, full_name, brief_name,
                since_run, touched_run)
            SELECT ? + m.n, ?, r.identifier, COALESCE(JSON_VALUE(r.payload, ?), r.identifier),
                r.full_name, r.brief_name, ?, ?
            FROM minted m STRAIGHT_JOIN record r FORCE INDEX (PRIMARY)
              ON r.record_id = m.record_id
            """)
        .params(
            last,
            run.scope().programmeId(),
            "$." + run.definitions().matching().name(),
            run.id(),
            run.id())
        .update();
    int linked =
        db.sql(
                "INSERT INTO link (record_id, since_run, unit_id, rule)"
                    + " SELECT record_id, ?, ? + n, ? FROM minted")
            .params(run.id(), last, identifierRule(run.definitions().matching()))
            .update();
    db.sql("DROP TEMPORARY TABLE minted").update();
    return linked;
  }

  /** Then no two rows of a delivery share an identifier. */
  static boolean identifierIsKey(Run run, Delivery delivery) {
    var key = run.definitions().source(delivery.source()).key();
    var identifiers = run.definitions().matching().identifiers();
    return identifiers.size() == 1 && key.equals(List.of(identifiers.get(0).field()));
  }

  /** Links what is left by identifier; records that stay without a link are put down as such. */
  private long linkByIdentifier(Run run, Delivery delivery) {
    long from = Intake.firstRecord(delivery.id());
    long to = Intake.firstRecord(delivery.id() + 1) - 1;
    long inForce =
        db.sql("SELECT COUNT(*) FROM record WHERE record_id BETWEEN ? AND ? AND until_run = ?")
            .params(from, to, Run.STILL)
            .query(Long.class)
            .single();
    if (linkedAmong(from, to) == inForce) {
      return 0;
    }
    long linked = 0;
    var rule = identifierRule(run.definitions().matching());
    if (!rule.isEmpty()) {
      linked =
          db.sql(
                  """
                  INSERT INTO link (record_id, since_run, unit_id, rule)
                  SELECT r.record_id, ?, %s, ?
                  FROM record r
                    STRAIGHT_JOIN unit u FORCE INDEX (identifier)
                      ON u.identifier = r.identifier AND u.programme_id = ?
                    LEFT JOIN link l FORCE INDEX (PRIMARY)
                      ON l.record_id = r.record_id AND l.until_run = ?
                    LEFT JOIN forbidden f ON f.record_id = r.record_id
                      AND f.unit_id IN (u.unit_id, u.merged_into)
                  WHERE r.record_id BETWEEN ? AND ? AND r.until_run = ? AND l.record_id IS NULL
                    AND f.record_id IS NULL
                  """
                      .formatted(
                          // What a report says of a merged unit is its successor's; a registry row
                          // stays with the unit that it describes, unless that was a second id.
                          isRegistry(run, delivery)
                              ? "IF(u.redirect, u.merged_into, u.unit_id)"
                              : "COALESCE(u.merged_into, u.unit_id)"))
              .params(run.id(), rule, run.scope().programmeId(), Run.STILL, from, to, Run.STILL)
              .update();
    }
    if (linkedAmong(from, to) < inForce) {
      db.sql(
              """
              INSERT INTO unlinked (record_id)
              SELECT r.record_id FROM record r
                LEFT JOIN link l FORCE INDEX (PRIMARY)
                      ON l.record_id = r.record_id AND l.until_run = ?
              WHERE r.record_id BETWEEN ? AND ? AND r.until_run = ? AND l.record_id IS NULL
              """)
          .params(Run.STILL, from, to, Run.STILL)
          .update();
    }
    return linked;
  }

  private long linkedAmong(long from, long to) {
    return db.sql("SELECT COUNT(*) FROM link WHERE record_id BETWEEN ? AND ? AND until_run = ?")
        .params(from, to, Run.STILL)
        .query(Long.class)
        .single();
  }

  static String identifierRule(Matching matching) {
    return matching.rules().stream()
        .filter(r -> r.by() == Matching.By.IDENTIFIER)
        .findFirst()
        .map(Matching.Rule::id)
        .orElse("");
  }

  /** A registry row that no rule could place is a new unit under its name. */
  private long mintByName(Run run) throws Exception {
    for (var registry : run.definitions().matching().registries()) {
      db.sql(
              """
              INSERT INTO unit (unit_id, programme_id, identifier, name, full_name, brief_name,
                  since_run, touched_run)
              SELECT ? + ROW_NUMBER() OVER (ORDER BY r.record_id), ?, r.identifier,
                  COALESCE(JSON_VALUE(r.payload, ?), r.record_key), r.full_name, r.brief_name, ?, ?
              FROM (
                SELECT MIN(x.record_id) AS record_id
                FROM unlinked x STRAIGHT_JOIN record f ON f.record_id = x.record_id
                WHERE x.candidates IS NULL AND f.source_id = ? AND f.full_name IS NOT NULL
                GROUP BY f.full_name
              ) first JOIN record r ON r.record_id = first.record_id
              """)
          .params(
              changes.lastUnit(),
              run.scope().programmeId(),
              "$." + run.definitions().matching().name(),
              run.id(),
              run.id(),
              run.scope().sourceId(registry))
          .update();
    }
    return nameRules.link(run);
  }

  /** Units older than this run whose records have changed wait for assessment again. */
  private void touch(Run run, List<Delivery> fresh) {
    boolean older =
        db.sql("SELECT EXISTS (SELECT 1 FROM unit WHERE touched_run < ?)")
            .param(run.id())
            .query(Boolean.class)
            .single();
    if (!older) {
      return;
    }
    for (var delivery : fresh) {
      db.sql(
              """
              UPDATE link l STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id
              SET u.touched_run = ?
              WHERE l.record_id BETWEEN ? AND ? AND l.until_run = ? AND u.touched_run < ?
              """)
          .params(
              run.id(),
              Intake.firstRecord(delivery.id()),
              Intake.firstRecord(delivery.id() + 1) - 1,
              Run.STILL,
              run.id())
          .update();
    }
  }
}
