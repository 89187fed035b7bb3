package org.keyroll.scoring;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
      UnitRecords.makeDue(connection);
      var engine = Assessor.engine(scope, UnitRecords.basis(connection, scope, asOf, known));
      var records = new UnitRecords(connection, scope, engine.facts(), known, grouping);
      if (statistics == null) {
        statistics = fit(connection, engine, records);
      }
      var fitted = statistics;
      var assessments = new HashMap<Long, Assessment>();
      records.of(connection, units, some -> Assessor.hand(engine, fitted, some, assessments::put));
      return assessments;
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private Statistics fit(Connection connection, Engine engine, UnitRecords records)
      throws Exception {
    var fitted = new Statistics();
    if (engine.needsPopulation()) {
      var matrix = engine.matrix();
      var reading = new Reading(false);
      records.all(connection, unit -> engine.add(matrix, unit, reading));
      engine.scores(matrix, fitted, true, null);
    }
    return fitted;
  }
}
