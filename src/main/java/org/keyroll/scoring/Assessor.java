package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;

/**
 * Assesses the units whose facts may have changed: their records did, the policy did, or a date has
 * come on which time alone changes something. Scores are stored for every unit; reasons follow from
 * records and policy and are worked out when they are asked for.
 */
@Service
public class Assessor {
  private static final List<String> COLUMNS =
      List.of(
          "unit_id",
          "since_run",
          "as_of",
          "policy",
          "score",
          "enters",
          "stays",
          "triggers",
          "recheck_on");

  private final JdbcClient db;
  private final DataSource dataSource;

  Assessor(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** What one run did: units looked at, and those whose assessment is new or another. */
  public record Outcome(long assessed, long changed, long insufficient) {}

  /**
   * Assesses what is due, within the caller's transaction; what was resolved must be committed.
   *
   * @param progress told the units done so far, from time to time
   */
  public Outcome assess(Run run, LongConsumer progress) throws Exception {
    var transaction = DataSourceUtils.getConnection(dataSource);
    // The rows are read on a second connection while results are loaded on the first.
    try (var reading = dataSource.getConnection()) {
      return assess(run, progress, transaction, reading);
    } finally {
      DataSourceUtils.releaseConnection(transaction, dataSource);
    }
  }

  private Outcome assess(Run run, LongConsumer progress, Connection transaction, Connection reading)
      throws Exception {
    var scope = run.scope();
    var delivered = new TreeSet<>(UnitRecords.delivered(reading, scope));
    var policy = run.definitions().versions().getOrDefault("policy.yml", "");
    // A count over a source that has never delivered is missing, not zero: its first delivery
    // changes that for every unit.
    var basis = policy.substring(0, 32) + Integer.toHexString(delivered.hashCode());
    boolean all = !basis.equals(basis(scope));
    collectDue(run, reading, all);
    boolean first =
        !db.sql("SELECT EXISTS (SELECT 1 FROM assessment)").query(Boolean.class).single();
    var table = first ? "assessment" : "assessed";
    if (!first) {
      db.sql("CREATE OR REPLACE TEMPORARY TABLE assessed LIKE assessment").update();
    }
    var engine = new Engine(run.definitions().policy(), scope.programme(), run.asOf(), delivered);
    var insufficient = new long[1];
    long assessed =
        BulkLoad.into(
            transaction,
            table,
            COLUMNS,
            lines ->
                new UnitRecords(scope)
                    .due(
                        reading,
                        (unit, records) -> {
                          var assessment = engine.assess(records);
                          insufficient[0] += assessment.score() == null ? 1 : 0;
                          lines
                              .add(unit)
                              .add(run.id())
                              .add(run.asOf().toString())
                              .add(policy)
                              .add(assessment.score())
                              .add(assessment.enters())
                              .add(assessment.stays())
                              .add(
                                  assessment.triggers().isEmpty()
                                      ? null
                                      : String.join(",", assessment.triggers()))
                              .add(
                                  assessment.recheckOn() == null
                                      ? null
                                      : assessment.recheckOn().toString())
                              .end();
                          if (lines.rows() % 10_000 == 0) {
                            progress.accept(lines.rows());
                          }
                        }));
    long changed = first ? assessed : store(run);
    db.sql("UPDATE programme SET assessed_run = ?, assessed_by = ? WHERE programme_id = ?")
        .params(run.id(), basis, scope.programmeId())
        .update();
    return new Outcome(assessed, changed, insufficient[0]);
  }

  private String basis(Scope scope) {
    return db.sql("SELECT assessed_by FROM programme WHERE programme_id = ?")
        .param(scope.programmeId())
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse("");
  }

  private static void collectDue(Run run, Connection reading, boolean all) throws SQLException {
    try (var statement = reading.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TEMPORARY TABLE due (unit_id INT UNSIGNED NOT NULL PRIMARY KEY)");
    }
    execute(
        reading,
        """
        INSERT INTO due SELECT u.unit_id FROM unit u JOIN programme p USING (programme_id)
        WHERE u.programme_id = ? AND u.touched_run > IF(?, 0, p.assessed_run)
        """,
        run.scope().programmeId(),
        all);
    execute(
        reading,
        """
        INSERT IGNORE INTO due
        SELECT a.unit_id FROM assessment a JOIN unit u USING (unit_id)
        WHERE a.until_run = ? AND a.recheck_on <= ? AND u.programme_id = ?
        """,
        Run.STILL,
        run.asOf().toString(),
        run.scope().programmeId());
  }

  private static void execute(Connection connection, String sql, Object... params)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < params.length; i++) {
        statement.setObject(i + 1, params[i]);
      }
      statement.executeUpdate();
    }
  }

  /** Puts new versions in force where something is different; a no-op never bumps a date. */
  private long store(Run run) {
    db.sql(
            """
            DELETE n FROM assessed n JOIN assessment a
              ON a.unit_id = n.unit_id AND a.until_run = ?
              AND a.score <=> n.score AND a.enters = n.enters AND a.stays = n.stays
              AND a.triggers <=> n.triggers AND a.recheck_on <=> n.recheck_on
              AND a.policy = n.policy
            """)
        .param(Run.STILL)
        .update();
    db.sql(
            "UPDATE assessed n JOIN assessment a ON a.unit_id = n.unit_id AND a.until_run = ?"
                + " SET a.until_run = ?")
        .params(Run.STILL, run.id())
        .update();
    // A run that is done again replaces what it had stored itself.
    int changed = db.sql("REPLACE INTO assessment SELECT * FROM assessed").update();
    db.sql("DROP TEMPORARY TABLE assessed").update();
    return changed;
  }

  /** Works out assessments with all their reasons, as of a date, from what is known now. */
  public Map<Long, Assessment> explain(Scope scope, LocalDate asOf, Collection<Long> units) {
    var assessments = new LinkedHashMap<Long, Assessment>();
    eachExplained(scope, asOf, units, assessments::put);
    return assessments;
  }

  /** Receives one explained unit. */
  @FunctionalInterface
  public interface EachAssessment {
    void unit(long unit, Assessment assessment) throws Exception;
  }

  /** As {@link #explain} for all units of a programme, one after another. */
  public void explainAll(Scope scope, LocalDate asOf, EachAssessment each) {
    var all =
        db.sql("SELECT unit_id FROM unit WHERE programme_id = ? ORDER BY unit_id")
            .param(scope.programmeId())
            .query(Long.class)
            .list();
    eachExplained(scope, asOf, all, each);
  }

  private void eachExplained(
      Scope scope, LocalDate asOf, Collection<Long> units, EachAssessment each) {
    try (var connection = dataSource.getConnection()) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "CREATE OR REPLACE TEMPORARY TABLE due (unit_id INT UNSIGNED NOT NULL PRIMARY KEY)");
      }
      BulkLoad.into(
          connection,
          "due",
          List.of("unit_id"),
          lines -> {
            for (var unit : units) {
              lines.add(unit).end();
            }
          });
      var engine =
          new Engine(
              scope.definitions().policy(),
              scope.programme(),
              asOf,
              UnitRecords.delivered(connection, scope));
      new UnitRecords(scope)
          .due(connection, (unit, records) -> each.unit(unit, engine.assess(records)));
      try (var statement = connection.createStatement()) {
        statement.execute("DROP TEMPORARY TABLE due");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("units could not be assessed: " + e.getMessage(), e);
    }
  }
}
