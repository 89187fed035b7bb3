package org.keyroll.scoring;

import java.time.LocalDate;
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
    var standings = standings(scope);
    db.query(
        "SELECT a.unit_id, SUBSTRING_INDEX(u.identifier, ':', -1) AS identifier, u.name, u.state,"
            + " a.as_of, a.policy, a.score, a.enters, a.stays, a.counted "
            + IN_FORCE
            + " ORDER BY a.unit_id",
        row -> {
          double value = row.getDouble("score");
          var score = row.wasNull() ? null : (Double) value;
          lines.accept(
              new Line(
                  row.getLong("unit_id"),
                  row.getString("identifier"),
                  row.getString("name"),
                  row.getString("state").equals("active"),
                  row.getObject("as_of", LocalDate.class),
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

  private Standings standings(Scope scope) {
    var scores = java.util.stream.DoubleStream.builder();
    db.query(
        "SELECT a.score " + IN_FORCE + " AND a.counted AND a.score IS NOT NULL",
        row -> {
          scores.add(row.getDouble(1));
        },
        scope.programmeId(),
        Run.STILL);
    return Standings.of(scope.definitions().policy().ranking(), scores.build().toArray());
  }
}
