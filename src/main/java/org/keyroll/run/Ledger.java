package org.keyroll.run;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The runs there have been. */
@Service
public class Ledger {
  private static final RowMapper<Line> LINE =
      (row, n) ->
          new Line(
              row.getLong("run_id"),
              row.getString("job"),
              row.getObject("as_of", LocalDate.class),
              row.getInt("round"),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getTimestamp("started_at").toInstant(),
              row.getTimestamp("ended_at") == null
                  ? null
                  : row.getTimestamp("ended_at").toInstant(),
              row.getString("message"));

  private final JdbcClient db;

  Ledger(JdbcClient db) {
    this.db = db;
  }

  /**
   * One run.
   *
   * @param round how many runs of this job this business date has seen
   */
  public record Line(
      long run,
      String job,
      LocalDate asOf,
      int round,
      State state,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String message) {}

  /** How a run stands. */
  public enum State {
    RUNNING,
    DONE,
    HELD,
    FAILED,
    STOPPED,
    ABANDONED
  }

  /** The programme as the database knows it, made known to it where it is new. */
  public Scope scope(Definitions definitions) {
    var id = definitions.programme().id();
    db.sql(
            "INSERT IGNORE INTO programme (programme_id, programme)"
                + " SELECT COALESCE(MAX(programme_id), 0) + 1, ? FROM programme"
                + " HAVING NOT EXISTS (SELECT 1 FROM programme WHERE programme = ?)")
        .params(id, id)
        .update();
    int programme =
        db.sql("SELECT programme_id FROM programme WHERE programme = ?")
            .param(id)
            .query(Integer.class)
            .single();
    var sources = new TreeMap<String, Integer>();
    for (var source : definitions.sources().keySet()) {
      db.sql(
              "INSERT IGNORE INTO source (source_id, programme_id, source)"
                  + " SELECT COALESCE(MAX(source_id), 0) + 1, ?, ? FROM source HAVING NOT EXISTS"
                  + " (SELECT 1 FROM source WHERE programme_id = ? AND source = ?)")
          .params(programme, source, programme, source)
          .update();
      sources.put(
          source,
          db.sql("SELECT source_id FROM source WHERE programme_id = ? AND source = ?")
              .params(programme, source)
              .query(Integer.class)
              .single());
    }
    return new Scope(definitions, programme, sources);
  }

  /** All runs of a programme, oldest first. */
  public List<Line> all(Scope scope) {
    return db.sql("SELECT * FROM run WHERE programme_id = ? ORDER BY run_id")
        .param(scope.programmeId())
        .query(LINE)
        .list();
  }

  /** Runs of a programme, the latest first; all have numbers below {@code before}. */
  public List<Line> latest(Scope scope, long before, int most) {
    return db.sql(
            "SELECT * FROM run WHERE programme_id = ? AND run_id < ? ORDER BY run_id DESC LIMIT ?")
        .params(scope.programmeId(), before, most)
        .query(LINE)
        .list();
  }

  /** Runs of a programme whose business dates lie between two, both included, oldest first. */
  public List<Line> between(Scope scope, LocalDate from, LocalDate to) {
    return db.sql(
            "SELECT * FROM run WHERE programme_id = ? AND as_of BETWEEN ? AND ? ORDER BY run_id")
        .params(scope.programmeId(), from, to)
        .query(LINE)
        .list();
  }

  /** The run of a programme with this number. */
  public Optional<Line> find(Scope scope, long run) {
    return db.sql("SELECT * FROM run WHERE programme_id = ? AND run_id = ?")
        .params(scope.programmeId(), run)
        .query(LINE)
        .optional();
  }

  /** The business date of the last run; today where there has been none. */
  public LocalDate lastAsOf(Scope scope) {
    return db.sql("SELECT COALESCE(MAX(as_of), CURRENT_DATE) FROM run WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(LocalDate.class)
        .single();
  }

  /** Whether a process is at work; a run that is down as running was cut off otherwise. */
  public boolean atWork() {
    return db.sql("SELECT IS_USED_LOCK(CONCAT('keyroll.', DATABASE())) IS NOT NULL")
        .query(Boolean.class)
        .single();
  }

  /**
   * The run to go on with, or a new one. Whoever calls holds the lease, so a run that is down as
   * running was cut off.
   *
   * @throws Refused for a business date before the last one
   */
  Line open(Scope scope, String job, LocalDate asOf) throws Refused {
    var lines = all(scope);
    var latest = lines.stream().map(Line::asOf).max(LocalDate::compareTo);
    if (latest.isPresent() && asOf.isBefore(latest.get())) {
      throw new Refused(
          "The last run was as of %s; a run as of %s would undo what is known since. Give --as-of %s or later."
              .formatted(latest.get(), asOf, latest.get()));
    }
    Optional<Line> unfinished = Optional.empty();
    for (var line : lines) {
      if (line.state() == State.RUNNING
          || line.state() == State.FAILED
          || line.state() == State.STOPPED) {
        if (line.job().equals(job) && line.asOf().equals(asOf)) {
          unfinished = Optional.of(line);
        } else {
          // What it had committed stays; what it had not done, the new run does.
          end(line.run(), State.ABANDONED, "taken over by a later run");
        }
      }
    }
    if (unfinished.isPresent()) {
      db.sql(
              "UPDATE run SET state = 'running', ended_at = NULL, message = NULL, stop_asked_by = NULL"
                  + " WHERE run_id = ?")
          .param(unfinished.get().run())
          .update();
      return unfinished.get();
    }
    db.sql(
            """
            INSERT INTO run (run_id, programme_id, job, as_of, round, state)
            SELECT (SELECT COALESCE(MAX(run_id), 0) + 1 FROM run), ?, ?, ?,
                (SELECT COALESCE(MAX(round), 0) + 1 FROM run
                 WHERE programme_id = ? AND job = ? AND as_of = ?), 'running'
            """)
        .params(scope.programmeId(), job, asOf, scope.programmeId(), job, asOf)
        .update();
    var after = all(scope);
    return after.get(after.size() - 1);
  }

  /**
   * Asks the run at work to stop before its next part. What it has done stays, and the same command
   * goes on with it.
   *
   * @return the run; empty when none of this programme is at work
   */
  public Optional<Line> askToStop(Scope scope, String who) {
    var running =
        all(scope).stream().filter(line -> line.state() == State.RUNNING && atWork()).findFirst();
    running.ifPresent(
        line ->
            db.sql("UPDATE run SET stop_asked_by = ? WHERE run_id = ? AND state = 'running'")
                .params(who, line.run())
                .update());
    return running;
  }

  /** Who has asked a run to stop. */
  Optional<String> stopAskedBy(long run) {
    return db.sql("SELECT stop_asked_by FROM run WHERE run_id = ? AND stop_asked_by IS NOT NULL")
        .param(run)
        .query(String.class)
        .optional();
  }

  void end(long run, State state, @Nullable String message) {
    db.sql(
            "UPDATE run SET state = ?, message = ?, ended_at = CURRENT_TIMESTAMP(3)"
                + " WHERE run_id = ?")
        .param(state.name().toLowerCase(Locale.ROOT))
        .param(message)
        .param(run)
        .update();
  }
}
