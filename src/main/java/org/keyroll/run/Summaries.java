package org.keyroll.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keyroll.definition.Run;
import org.keyroll.intake.Arrival;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What a run did, from what it left in the database. */
@Service
public class Summaries {
  private static final String MEASURE = "measure ";

  private final JdbcClient db;
  private final Deliveries deliveries;
  private final Freshness freshness;
  private final TransactionTemplate transaction;

  Summaries(
      JdbcClient db, Deliveries deliveries, Freshness freshness, TransactionTemplate transaction) {
    this.db = db;
    this.transaction = transaction;
    this.freshness = freshness;
    this.deliveries = deliveries;
  }

  /**
   * One run in numbers.
   *
   * @param silent sources of which nothing new was taken in
   * @param waiting records that no rule links to exactly one unit
   * @param compared pairs of records whose evidence was weighed, and pairs left out because too
   *     many records share a key
   * @param events renames, mergers and the like, by kind
   * @param insufficient units of which no source says anything that the policy asks
   * @param proposed changes by kind
   * @param causes the same by what made them follow
   * @param carried units on the list whose entry the revision in force took over as it was
   * @param measures measures not closed, by id
   */
  public record Summary(
      List<Arrival> arrivals,
      List<Delivery> deliveries,
      List<Freshness.OfSource> silent,
      long linked,
      long waiting,
      long units,
      long minted,
      Compared compared,
      Map<String, Long> events,
      long assessed,
      long insufficient,
      Map<String, Long> proposed,
      Map<String, Long> causes,
      long carried,
      Map<String, Long> measures) {}

  /** How many pairs were compared. */
  public record Compared(long pairs, long leftOut) {}

  /** The numbers of a run. */
  public Summary of(Run run) {
    var scope = run.scope();
    var mine = deliveries.of(run.id());
    var silent =
        freshness.of(scope, run.asOf()).stream()
            .filter(
                s ->
                    mine.stream().noneMatch(d -> d.source().equals(s.source().id()) && d.isTaken()))
            .toList();
    var numbers = kept(run);
    if (numbers.isEmpty()) {
      numbers = counted(run);
    }
    return new Summary(
        deliveries.arrivals(run.id()),
        mine,
        silent,
        numbers.getOrDefault("linked", 0L),
        numbers.getOrDefault("waiting", 0L),
        numbers.getOrDefault("units", 0L),
        numbers.getOrDefault("minted", 0L),
        db.sql("SELECT pairs, left_out FROM match_work WHERE run_id = ?")
            .param(run.id())
            .query((row, n) -> new Compared(row.getLong(1), row.getLong(2)))
            .optional()
            .orElse(new Compared(0, 0)),
        counts("SELECT kind, COUNT(*) FROM unit_event WHERE run_id = ? GROUP BY kind", run.id()),
        numbers.getOrDefault("assessed", 0L),
        numbers.getOrDefault("insufficient", 0L),
        counts("SELECT act, COUNT(*) FROM proposal WHERE run_id = ? GROUP BY act", run.id()),
        counts(
            "SELECT caused_by, COUNT(*) FROM proposal WHERE run_id = ? AND caused_by IS NOT NULL"
                + " GROUP BY caused_by",
            run.id()),
        numbers.getOrDefault("carried", 0L),
        measures(numbers));
  }

  private static Map<String, Long> measures(Map<String, Long> numbers) {
    var measures = new TreeMap<String, Long>();
    numbers.forEach(
        (what, number) -> {
          if (what.startsWith(MEASURE)) {
            measures.put(what.substring(MEASURE.length()), number);
          }
        });
    return measures;
  }

  /** Keeps the numbers of a run as it ends, for later runs change what they are counted from. */
  void keep(Run run) {
    var numbers = counted(run);
    transaction.executeWithoutResult(
        status -> {
          db.sql("DELETE FROM run_number WHERE run_id = ?").param(run.id()).update();
          numbers.forEach(
              (what, number) ->
                  db.sql("INSERT INTO run_number (run_id, what, number) VALUES (?, ?, ?)")
                      .params(run.id(), what, number)
                      .update());
        });
  }

  private Map<String, Long> kept(Run run) {
    return counts("SELECT what, number FROM run_number WHERE run_id = ?", run.id());
  }

  private Map<String, Long> counted(Run run) {
    int programme = run.scope().programmeId();
    var numbers = new TreeMap<String, Long>();
    numbers.put("linked", count("SELECT COUNT(*) FROM link WHERE since_run = ?", run.id()));
    numbers.put(
        "waiting",
        count(
            "SELECT COUNT(*) FROM unlinked x STRAIGHT_JOIN record r ON r.record_id = x.record_id"
                + " STRAIGHT_JOIN source s ON s.source_id = r.source_id WHERE s.programme_id = ?",
            programme));
    numbers.put(
        "units",
        count("SELECT COUNT(*) FROM unit WHERE programme_id = ? AND state = 'active'", programme));
    numbers.put("minted", count("SELECT COUNT(*) FROM unit WHERE since_run = ?", run.id()));
    numbers.put(
        "assessed",
        count(
            "SELECT COALESCE((SELECT SUM(changed) FROM score WHERE since_run = ?),"
                + " (SELECT COUNT(*) FROM assessment WHERE since_run = ?))",
            run.id(),
            run.id()));
    numbers.put(
        "insufficient",
        count(
            "SELECT COUNT(*) FROM assessment a JOIN unit u USING (unit_id)"
                + " WHERE a.until_run = 4294967295 AND a.score IS NULL AND u.programme_id = ?",
            programme));
    numbers.put(
        "carried",
        count(
            "SELECT COUNT(*) FROM entry e JOIN programme p USING (programme_id)"
                + " WHERE e.programme_id = ? AND e.until_revision = 4294967295"
                + " AND e.since_revision < p.current_revision",
            programme));
    counts(
            "SELECT measure, COUNT(*) FROM measure WHERE closed_on IS NULL AND programme_id = ?"
                + " GROUP BY measure",
            programme)
        .forEach((measure, number) -> numbers.put(MEASURE + measure, number));
    return numbers;
  }

  private long count(String sql, Object... parameters) {
    return db.sql(sql).params(parameters).query(Long.class).single();
  }

  private Map<String, Long> counts(String sql, long parameter) {
    var counts = new TreeMap<String, Long>();
    db.sql(sql)
        .param(parameter)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }
}
