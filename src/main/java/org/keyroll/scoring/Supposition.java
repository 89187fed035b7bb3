package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Some units assessed as they would be under other rules, with rows that counted elsewhere, or with
 * less known, within the transaction of a run. Where the policy looks at the population, the whole
 * of it is assessed so before the first unit is; nothing of it is kept.
 */
public final class Supposition {
  private final DataSource dataSource;
  private final Scope scope;
  private final LocalDate asOf;
  private final long known;
  private final @Nullable Grouping grouping;
  private @Nullable Statistics statistics;

  Supposition(
      DataSource dataSource, Scope scope, LocalDate asOf, long known, @Nullable Grouping grouping) {
    this.dataSource = dataSource;
    this.scope = scope;
    this.asOf = asOf;
    this.known = known;
    this.grouping = grouping;
  }

  /** Units with their reasons; one that was not known then has no facts. */
  public Map<Long, Assessment> of(Collection<Long> units) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      execute(
          connection,
          "CREATE OR REPLACE TEMPORARY TABLE due (unit_id INT UNSIGNED NOT NULL PRIMARY KEY)");
      var engine = Assessor.engine(scope, UnitRecords.basis(connection, scope, asOf, known));
      var records = new UnitRecords(connection, scope, engine.facts(), known, grouping);
      if (statistics == null) {
        statistics = fit(connection, engine, records);
      }
      return explain(connection, engine, records, statistics, units);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static Map<Long, Assessment> explain(
      Connection connection,
      Engine engine,
      UnitRecords records,
      Statistics statistics,
      Collection<Long> units)
      throws Exception {
    execute(connection, "DELETE FROM due");
    BulkLoad.into(
        connection,
        "due",
        List.of("unit_id"),
        lines -> {
          for (var unit : units) {
            lines.add(unit).end();
          }
        });
    var assessments = new HashMap<Long, Assessment>();
    var waiting = new ArrayList<UnitInput>();
    records.due(
        connection,
        unit -> {
          waiting.add(unit);
          if (waiting.size() == Assessor.AT_ONCE) {
            Assessor.hand(engine, statistics, waiting, assessments::put);
          }
        });
    Assessor.hand(engine, statistics, waiting, assessments::put);
    return assessments;
  }

  private Statistics fit(Connection connection, Engine engine, UnitRecords records)
      throws Exception {
    var fitted = new Statistics();
    if (engine.needsPopulation()) {
      execute(
          connection,
          "INSERT INTO due SELECT unit_id FROM unit WHERE programme_id = %d AND since_run <= %d"
              .formatted(scope.programmeId(), known == Run.LATEST ? Run.STILL : known));
      var matrix = engine.matrix();
      var reading = new Reading(false);
      records.due(connection, unit -> engine.add(matrix, unit, reading));
      engine.scores(matrix, fitted, true, null);
    }
    return fitted;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
