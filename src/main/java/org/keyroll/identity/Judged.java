package org.keyroll.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Brings units in line with what people decided since, and with what they decided of new rows. */
@Component
class Judged {
  private static final Similarity NOTHING_COMPARED =
      new Similarity(
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          1,
          1,
          new Similarity.Training(1, 1, 1, null));

  private final JdbcClient db;
  private final DataSource dataSource;
  private final Verdicts verdicts;
  private final UnitChanges changes;
  private final Settlement settlement;

  Judged(
      JdbcClient db,
      DataSource dataSource,
      Verdicts verdicts,
      UnitChanges changes,
      Settlement settlement) {
    this.db = db;
    this.dataSource = dataSource;
    this.verdicts = verdicts;
    this.changes = changes;
    this.settlement = settlement;
  }

  boolean pending(Run run) {
    return !verdicts.pending(run).isEmpty();
  }

  /**
   * Takes back the mergers whose verdict was undone, and puts down which links are ruled out;
   * before any record is linked.
   */
  void release(Run run) throws Exception {
    for (var pair : verdicts.released(run)) {
      var unit = unit(pair[0]);
      if (unit != 0 && unit == unit(pair[1])) {
        var second = merged(pair[0], unit);
        second.addAll(merged(pair[1], unit));
        if (!second.isEmpty()) {
          changes.restore(run, second.get(0), unit);
        }
      }
    }
    verdicts.forbid(run);
  }

  private long unit(long record) {
    return db.sql("SELECT unit_id FROM link WHERE record_id = ? AND until_run = ?")
        .params(record, Run.STILL)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Units that held the record and lead to another now. */
  private List<Long> merged(long record, long into) {
    return new ArrayList<>(
        db.sql(
                UnitChanges.UNITS_OF_KEY
                    + " AND u.merged_into = ? AND u.redirect ORDER BY u.unit_id")
            .params(record, into)
            .query(Long.class)
            .list());
  }

  /**
   * Settles the units of records that verdicts speak of, where something changed; evidence has
   * settled them already where it is weighed.
   *
   * @return records that have a link now and had none
   */
  long settle(Run run, List<Delivery> fresh) throws Exception {
    long linked = 0;
    if (Similar.rule(run.definitions().matching()).isEmpty()) {
      var pairs = new ArrayList<>(verdicts.pending(run));
      var deliveries = new HashSet<Long>();
      fresh.forEach(d -> deliveries.add(d.id()));
      for (var kind : Verdicts.Kind.values()) {
        verdicts.inForce(run, kind).stream()
            .filter(
                pair ->
                    deliveries.contains(Intake.deliveryOf(pair[0]))
                        || deliveries.contains(Intake.deliveryOf(pair[1])))
            .forEach(pairs::add);
      }
      linked = pairs.isEmpty() ? 0 : settleUnitsOf(run, pairs);
    }
    verdicts.settle(run);
    verdicts.forbid(run);
    return linked;
  }

  private long settleUnitsOf(Run run, List<long[]> pairs) throws Exception {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE affected"
                + " (record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY)")
        .update();
    for (var pair : pairs) {
      for (long record : pair) {
        db.sql(
                "INSERT IGNORE INTO affected SELECT ? UNION SELECT o.record_id FROM link l"
                    + " JOIN link o ON o.unit_id = l.unit_id AND o.until_run = l.until_run"
                    + " WHERE l.record_id = ? AND l.until_run = ?")
            .params(record, record, Run.STILL)
            .update();
      }
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var people =
          Participants.read(
              connection,
              run,
              NOTHING_COMPARED,
              run.definitions().sources().keySet().stream().map(run.scope()::sourceId).toList(),
              "affected");
      return settlement.settle(run, "", people, Settlement.Weighed.nothing()).linked();
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
      db.sql("DROP TEMPORARY TABLE affected").update();
    }
  }
}
