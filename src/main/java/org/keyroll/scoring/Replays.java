package org.keyroll.scoring;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Collection;
import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
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

  /** Something that is asked of the database. */
  @FunctionalInterface
  private interface Asking<T> {
    T on(Connection connection) throws Exception;
  }

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
              on(
                  connection -> {
                    UnitRecords.makeDue(connection);
                    return status;
                  });
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
    return on(
        connection -> {
          var engine = Assessor.engine(scope, UnitRecords.basis(connection, scope, asOf, known));
          var records = new UnitRecords(connection, scope, engine.facts(), known);
          return new Replay(this, engine, records, scope.programme().tiers().size());
        });
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
    return on(
        connection -> {
          var basis = UnitRecords.basis(connection, scope, asOf, Run.LATEST);
          var engine = Assessor.engine(scope, basis);
          var matrix = engine.matrix();
          var reading = new Reading(false);
          new UnitRecords(connection, scope, engine.facts(), Run.LATEST)
              .all(
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
        });
  }

  /** Streams all units there were. */
  void each(UnitRecords records, UnitRecords.Each each) {
    on(
        connection -> {
          records.all(connection, each);
          return records;
        });
  }

  /** Reads these units, some at a time. */
  void some(UnitRecords records, Collection<Long> units, UnitRecords.Some some) {
    on(
        connection -> {
          records.of(connection, units, some);
          return records;
        });
  }

  /** Does something on the connection of the transaction. */
  private <T> T on(Asking<T> what) {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return what.on(connection);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("units could not be assessed: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
