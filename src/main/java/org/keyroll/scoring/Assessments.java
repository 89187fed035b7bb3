package org.keyroll.scoring;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The assessments in force. */
@Component
public class Assessments {
  private static final String IN_FORCE =
      """
      FROM assessment a JOIN unit u USING (unit_id)
      WHERE u.programme_id = ? AND a.until_run = ?
      """;

  private final JdbcTemplate db;

  Assessments(DataSource dataSource) {
    this.db = new JdbcTemplate(dataSource);
    this.db.setFetchSize(5_000);
  }

  /**
   * One of them.
   *
   * @param identifier without its scheme
   * @param active whether the unit has not ended
   * @param rank within the population; null outside it, and without a score
   * @param enters as in {@link Assessment}
   * @param stays as in {@link Assessment}
   */
  public record Line(
      long unit,
      @Nullable String identifier,
      String name,
      boolean active,
      LocalDate asOf,
      String policy,
      @Nullable Double score,
      @Nullable Double rank,
      int enters,
      int stays) {}

  /** The business date of the last assessment; today where there is none. */
  public LocalDate asOf(Scope scope) {
    var asOf =
        db.queryForObject(
            "SELECT COALESCE(MAX(r.as_of), CURRENT_DATE) FROM run r JOIN programme p"
                + " USING (programme_id) WHERE r.programme_id = ? AND r.run_id <= p.assessed_run",
            LocalDate.class,
            scope.programmeId());
    return java.util.Objects.requireNonNull(asOf);
  }

  /** Hands over all of them in the order of the units. */
  public void each(Scope scope, Consumer<Line> lines) {
    var kept = kept(scope);
    var standings = standings(scope, kept);
    db.query(
        "SELECT a.unit_id, SUBSTRING_INDEX(u.identifier, ':', -1) AS identifier, u.name, u.state,"
            + " a.as_of, a.policy, a.score, a.enters, a.stays, a.counted "
            + IN_FORCE
            + " ORDER BY a.unit_id",
        row -> {
          long unit = row.getLong("unit_id");
          double value = row.getDouble("score");
          boolean none = row.wasNull();
          var asOf = row.getObject("as_of", LocalDate.class);
          if (kept.has(unit)) {
            value = kept.score(unit);
            asOf = asOf.isBefore(kept.since(unit)) ? kept.since(unit) : asOf;
          }
          var score = none ? null : (Double) value;
          lines.accept(
              new Line(
                  unit,
                  row.getString("identifier"),
                  row.getString("name"),
                  row.getString("state").equals("active"),
                  asOf,
                  row.getString("policy"),
                  score,
                  score == null || !row.getBoolean("counted")
                      ? null
                      : (Double) standings.rank(score),
                  row.getInt("enters"),
                  row.getInt("stays")));
        },
        scope.programmeId(),
        Run.STILL);
  }

  /**
   * The scores in force of some units.
   *
   * @param stored those of their assessments
   */
  public void current(Scope scope, Map<Long, Double> stored) {
    var kept = kept(scope);
    stored.replaceAll((unit, score) -> kept.has(unit) ? (Double) kept.score(unit) : score);
  }

  private ScoreStore kept(Scope scope) {
    return java.util.Objects.requireNonNull(
        db.execute((Connection connection) -> ScoreStore.load(connection, scope)));
  }

  private Standings standings(Scope scope, ScoreStore kept) {
    var scores = java.util.stream.DoubleStream.builder();
    db.query(
        "SELECT a.unit_id, a.score " + IN_FORCE + " AND a.counted AND a.score IS NOT NULL",
        row -> {
          long unit = row.getLong(1);
          scores.add(kept.has(unit) ? kept.score(unit) : row.getDouble(2));
        },
        scope.programmeId(),
        Run.STILL);
    return Standings.of(scope.definitions().policy().ranking(), scores.build().toArray());
  }
}
