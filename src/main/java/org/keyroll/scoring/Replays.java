package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.Collection;
import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Assesses all units of a programme anew, by any policy and as they were known after any run. */
@Service
public class Replays {
  private final JdbcClient db;
  private final DataSource dataSource;
  private final TransactionTemplate transaction;

  Replays(JdbcClient db, DataSource dataSource, PlatformTransactionManager transactions) {
    this.db = db;
    this.dataSource = dataSource;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Does something in a transaction that sees one state of the database and in which the database
   * refuses every change of it.
   */
  public <T> T readOnly(Supplier<T> what) {
    return java.util.Objects.requireNonNull(
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              db.sql(
                      "CREATE OR REPLACE TEMPORARY TABLE due"
                          + " (unit_id INT UNSIGNED NOT NULL PRIMARY KEY)")
                  .update();
              db.sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").update();
              db.sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").update();
              try {
                return what.get();
              } finally {
                db.sql("ROLLBACK").update();
                db.sql("DROP TEMPORARY TABLE due").update();
              }
            }));
  }

  /**
   * Assesses all units there were; call it within {@link #readOnly}.
   *
   * @param known the run after which records, links, units and other lists are taken as they were
   *     known
   */
  public Replay replay(Scope scope, LocalDate asOf, long known) {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var engine = Assessor.engine(scope, UnitRecords.basis(connection, scope, asOf, known));
      var records = new UnitRecords(connection, scope, engine.facts(), known);
      due(scope, known);
      return new Replay(this, engine, records, scope.programme().tiers().size());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("units could not be assessed: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * How firmly units stand; call it within {@link #readOnly}.
   *
   * @param now rank of the tier in which a unit is listed; the number of tiers for none
   * @param correlation pairs of criteria are told from this absolute correlation on
   */
  public Robustness sensitivity(
      Scope scope,
      LocalDate asOf,
      LongToIntFunction now,
      Variation variation,
      double correlation,
      LongConsumer progress) {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var basis = UnitRecords.basis(connection, scope, asOf, Run.LATEST);
      var engine = Assessor.engine(scope, basis);
      due(scope, Run.LATEST);
      var matrix = engine.matrix();
      var reading = new Reading(false);
      new UnitRecords(connection, scope, engine.facts(), Run.LATEST)
          .due(
              connection,
              unit -> {
                if (unit.active()) {
                  engine.add(matrix, unit, reading);
                }
              });
      var tiers = new int[matrix.size()];
      for (int i = 0; i < tiers.length; i++) {
        tiers[i] = now.applyAsInt(matrix.unit(i));
      }
      return new Sensitivity(engine, matrix, tiers, variation).run(correlation, progress);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("units could not be assessed: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private void due(Scope scope, long known) {
    db.sql("DELETE FROM due").update();
    db.sql("INSERT INTO due SELECT unit_id FROM unit WHERE programme_id = ? AND since_run <= ?")
        .params(scope.programmeId(), known)
        .update();
  }

  /** Streams the units that are due. */
  void each(UnitRecords records, UnitRecords.Each each) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      records.due(connection, each);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** As {@link #each(UnitRecords, UnitRecords.Each)} of these units alone. */
  void each(UnitRecords records, Collection<Long> units, UnitRecords.Each each) throws Exception {
    db.sql("DELETE FROM due").update();
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(
          connection,
          "due",
          java.util.List.of("unit_id"),
          lines -> {
            for (var unit : units) {
              lines.add(unit).end();
            }
          });
      records.due(connection, each);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
