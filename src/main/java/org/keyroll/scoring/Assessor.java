package org.keyroll.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.database.Lines;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.beans.factory.annotation.Value;
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
          "judged",
          "triggers",
          "exemptions",
          "recheck_on",
          "counted");

  private final JdbcClient db;
  private final DataSource dataSource;
  private final StatisticStore statistics;
  private final Path cache;

  Assessor(
      JdbcClient db,
      DataSource dataSource,
      StatisticStore statistics,
      @Value("${keyroll.home}") Path home) {
    this.db = db;
    this.dataSource = dataSource;
    this.statistics = statistics;
    this.cache = home.resolve("cache");
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
    var basis = UnitRecords.basis(reading, scope, run.asOf(), Run.LATEST);
    var policy = run.definitions().versions().getOrDefault("policy.yml", "");
    // A count over a source that has never delivered is missing, not zero: its first delivery
    // changes that for every unit. So does a new revision of another list that is asked.
    var stamp = stamp(policy, basis);
    boolean all = !stamp.equals(stamp(scope));
    var engine = engine(scope, basis);
    int due = all ? 0 : collectDue(run, reading);
    boolean whole = engine.needsPopulation() && (all || due > 0);
    boolean first =
        !db.sql("SELECT EXISTS (SELECT 1 FROM assessment)").query(Boolean.class).single();
    var table = first ? "assessment" : "assessed";
    if (!first) {
      db.sql("CREATE OR REPLACE TEMPORARY TABLE assessed LIKE assessment").update();
    }
    int units = whole ? units(scope) : UnitRecords.AT_ONCE;
    var kept = whole ? ScoreStore.load(transaction, scope) : null;
    if (!engine.needsPopulation()) {
      ScoreStore.drop(transaction, scope);
    }
    var facts = new KeptFacts(cache, scope.programme().id());
    var keptAs = engine.needsPopulation() ? keptAs(scope) : null;
    var batch = new Batch(engine, run, policy, units, kept);
    long loaded =
        BulkLoad.into(
            transaction,
            table,
            COLUMNS,
            lines -> {
              var records = new UnitRecords(reading, scope, engine.facts(), Run.LATEST);
              boolean others = whole && !all && keptAs != null && batch.restore(facts, keptAs);
              if (others) {
                relayed(relay -> records.due(reading, relay::unit), batch::replace);
              }
              if (whole && !(others && batch.complete())) {
                batch.clear();
                relayed(relay -> records.all(reading, relay::unit), batch::add);
              } else if (!whole) {
                UnitRecords.Each each =
                    unit -> {
                      batch.add(unit);
                      if (batch.full()) {
                        batch.write(lines, new Statistics(), false);
                        batch.clear();
                        progress.accept(lines.rows());
                      }
                    };
                if (all) {
                  relayed(relay -> records.all(reading, relay::unit), each);
                } else {
                  relayed(relay -> records.due(reading, relay::unit), each);
                }
              }
              batch.write(lines, batch.statistics, whole);
            });
    var name = keptAs;
    if (kept != null) {
      // While the server stores, the file is written; it counts from the commit on.
      name = UUID.randomUUID().toString();
      var keeping = batch.keep(facts, name);
      statistics.store(run, batch.statistics);
      kept.store(transaction, run);
      name = keeping.get() ? name : null;
    }
    long changed = first ? loaded : store(run);
    db.sql(
            "UPDATE programme SET assessed_run = ?, assessed_by = ?, kept_facts = ?"
                + " WHERE programme_id = ?")
        .param(run.id())
        .param(stamp)
        .param(name)
        .param(scope.programmeId())
        .update();
    return new Outcome(batch.assessed, kept == null ? changed : batch.changed, batch.insufficient);
  }

  /** Reads units on this thread. */
  @FunctionalInterface
  private interface Reader {
    void read(Relay to) throws Exception;
  }

  private static void relayed(Reader reader, UnitRecords.Each each) throws Exception {
    try (var relay = new Relay(each)) {
      reader.read(relay);
      relay.finish();
    }
  }

  /** The name under which the facts were kept; null where they were not. */
  private @Nullable String keptAs(Scope scope) {
    return db.sql("SELECT kept_facts FROM programme WHERE programme_id = ?")
        .param(scope.programmeId())
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  private int units(Scope scope) {
    return db.sql("SELECT COUNT(*) FROM unit WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(Integer.class)
        .single();
  }

  static Engine engine(Scope scope, Basis basis) {
    return new Engine(
        scope.definitions().policy(), scope.programme(), scope.definitions().sources(), basis);
  }

  private static String stamp(String policy, Basis basis) {
    var lists = new TreeMap<String, Long>();
    basis.lists().forEach((programme, list) -> lists.put(programme, list.revision()));
    return policy.substring(0, 32)
        + Integer.toHexString(new TreeSet<>(basis.delivered()).hashCode())
        + (lists.isEmpty() ? "" : Integer.toHexString(lists.hashCode()));
  }

  /** Units on their way from facts to assessments. */
  private static final class Batch {
    private final Engine engine;
    private final Run run;
    private final String policy;
    private final long ofPolicy;
    private final int capacity;
    private final Matrix matrix;
    private long[] recheck;
    private boolean complete = true;
    private final Reading reading = new Reading(false);
    private final Statistics statistics = new Statistics();
    private final @Nullable ScoreStore kept;
    private long assessed;
    private long changed;
    private long insufficient;

    /**
     * @param kept the scores in force; null where those of few units change at a time
     */
    Batch(Engine engine, Run run, String policy, int capacity, @Nullable ScoreStore kept) {
      this.kept = kept;
      this.engine = engine;
      this.run = run;
      this.policy = policy;
      this.ofPolicy = text(policy);
      this.capacity = capacity;
      this.matrix = engine.matrix();
      this.matrix.reserve(capacity);
      this.recheck = new long[capacity];
    }

    void add(UnitInput unit) {
      recheck[matrix.size()] = engine.add(matrix, unit, reading);
    }

    /** Takes the facts of units from where they are kept; false where they are not. */
    boolean restore(KeptFacts facts, String name) {
      var days = facts.load(name, engine.facts().own(), matrix, capacity);
      if (days != null) {
        recheck = days;
      }
      return days != null;
    }

    /** Puts a unit in the place of what was kept of it, or behind all others. */
    void replace(UnitInput unit) {
      int row = matrix.row(unit.unit());
      if (row >= 0) {
        recheck[row] = engine.put(matrix, row, unit, reading);
      } else if (~row == matrix.size() && matrix.size() < capacity) {
        add(unit);
      } else {
        complete = false;
      }
    }

    /** Whether it has all units in their order. */
    boolean complete() {
      return complete && matrix.size() == capacity;
    }

    /** Keeps the facts, on a thread of its own; false where they could not be kept. */
    Future<Boolean> keep(KeptFacts facts, String name) {
      var keeping =
          new FutureTask<Boolean>(
              () -> {
                try {
                  facts.store(name, engine.facts().own(), matrix, recheck);
                  return true;
                } catch (IOException e) {
                  return false; // the next night reads all records, as where it was never kept
                }
              });
      var thread = new Thread(keeping, "keep-facts");
      thread.setDaemon(true);
      thread.start();
      return keeping;
    }

    void clear() {
      matrix.clear();
    }

    boolean full() {
      return matrix.size() == capacity;
    }

    void write(Lines lines, Statistics known, boolean fit) throws InterruptedException {
      var scores = engine.scores(matrix, known, fit, null);
      var runId = run.id();
      var asOf = run.asOf().toString();
      for (int row = 0; row < matrix.size(); row++) {
        var verdict = engine.judge(matrix, row, scores[row], known);
        boolean none = Double.isNaN(scores[row]);
        assessed++;
        insufficient += none ? 1 : 0;
        if (kept != null) {
          var change =
              kept.put(matrix.unit(row), scores[row], digest(row, verdict, none), run.asOf());
          changed += change == ScoreStore.Change.NOTHING ? 0 : 1;
          if (change != ScoreStore.Change.REST) {
            continue;
          }
        }
        lines
            .add(matrix.unit(row))
            .add(runId)
            .add(asOf)
            .add(policy)
            .add(none ? null : (Double) scores[row])
            .add(verdict.enters())
            .add(verdict.stays())
            .add(verdict.judged())
            .add(joined(verdict.triggers()))
            .add(joined(verdict.exemptions()))
            .add(
                recheck[row] == Long.MAX_VALUE
                    ? null
                    : LocalDate.ofEpochDay(recheck[row]).toString())
            .add(matrix.counted().get(row) ? 1 : 0)
            .end();
      }
    }

    /** Of all that is stored of a unit but its score; never 0. */
    private long digest(int row, Rules.Verdict verdict, boolean none) {
      long digest = verdict.enters();
      digest = digest * 31 + verdict.stays();
      digest = digest * 31 + verdict.judged();
      digest = digest * 31 + (none ? 1 : 0);
      digest = digest * 31 + (matrix.counted().get(row) ? 1 : 0);
      digest = mixed(digest, recheck[row]);
      digest = mixed(digest, ofPolicy);
      digest = mixed(digest, text(joined(verdict.triggers())));
      digest = mixed(digest, text(joined(verdict.exemptions())));
      return digest == 0 ? 1 : digest;
    }

    /** A step of SplitMix64. */
    private static long mixed(long digest, long value) {
      long z = (digest ^ value) + 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }

    private static long text(@Nullable String text) {
      long digest = text == null ? 1 : 7;
      for (int i = 0; text != null && i < text.length(); i++) {
        digest = digest * 0x100000001B3L ^ text.charAt(i);
      }
      return digest;
    }

    private static @Nullable String joined(List<String> ids) {
      return ids.isEmpty() ? null : String.join(",", ids);
    }
  }

  private String stamp(Scope scope) {
    return db.sql("SELECT assessed_by FROM programme WHERE programme_id = ?")
        .param(scope.programmeId())
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse("");
  }

  /** Puts what is due into a table of the second connection; returns how many. */
  private static int collectDue(Run run, Connection reading) throws SQLException {
    UnitRecords.makeDue(reading);
    execute(
        reading,
        """
        INSERT INTO due SELECT u.unit_id FROM unit u JOIN programme p USING (programme_id)
        WHERE u.programme_id = ? AND u.touched_run > p.assessed_run
        """,
        run.scope().programmeId());
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
    try (var statement = reading.createStatement();
        var count = statement.executeQuery("SELECT COUNT(*) FROM due")) {
      count.next();
      return count.getInt(1);
    }
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
              AND a.judged = n.judged AND a.triggers <=> n.triggers
              AND a.exemptions <=> n.exemptions AND a.recheck_on <=> n.recheck_on
              AND a.policy = n.policy AND a.counted = n.counted
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

  /**
   * What would put a unit into another tier, other units as they are.
   *
   * @param now rank of the tier it is in; the number of tiers where it is not on the list
   * @param clock how long it has been there; null where the policy does not ask
   */
  public Outlook outlook(Scope scope, LocalDate asOf, long unit, int now, @Nullable Clock clock) {
    int none = scope.programme().tiers().size();
    var found = new ArrayList<Outlook>();
    eachInput(
        scope,
        asOf,
        List.of(unit),
        (engine, known, units) -> {
          for (var input : units) {
            found.add(
                input.active()
                    ? new WhatIf(engine, known, now, none, clock)
                        .outlook(input, new Domains(scope.definitions()))
                    : Outlook.NONE);
          }
        });
    return found.get(0);
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
    eachInput(scope, asOf, units, (engine, known, some) -> hand(engine, known, some, each));
  }

  /** Receives some units with what they are assessed by. */
  @FunctionalInterface
  private interface EachInput {
    void units(Engine engine, Statistics known, List<UnitInput> units) throws Exception;
  }

  private void eachInput(Scope scope, LocalDate asOf, Collection<Long> units, EachInput each) {
    // Within a transaction, what it has changed counts.
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      UnitRecords.makeDue(connection);
      var engine = engine(scope, UnitRecords.basis(connection, scope, asOf, Run.LATEST));
      var known = engine.needsPopulation() ? statistics.load(scope) : new Statistics();
      new UnitRecords(connection, scope, engine.facts(), Run.LATEST)
          .of(connection, units, some -> each.units(engine, known, some));
      try (var statement = connection.createStatement()) {
        statement.execute("DROP TEMPORARY TABLE due");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("units could not be assessed: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * Assesses as it would be under other rules, or with less known.
   *
   * @param scope with the rules to assess by
   * @param known the run after which things are taken as they were known
   */
  public Supposition suppose(Scope scope, LocalDate asOf, long known) {
    return new Supposition(dataSource, scope, asOf, known, null);
  }

  /**
   * As {@link #suppose}, with all that is known now, each row counting where it did after a run.
   */
  public Supposition supposeGrouped(Scope scope, LocalDate asOf, long run) {
    return new Supposition(dataSource, scope, asOf, Run.LATEST, new Grouping(scope, run));
  }

  /**
   * Whether rows count for other units than they did after a run, or units were joined or parted.
   */
  public boolean isRegrouped(Scope scope, long run) throws SQLException {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return new Grouping(scope, run).isAnother(connection);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * Whether time alone was to change a fact of a unit by a date, as the assessments of a run say.
   */
  public boolean timeMattersSince(Scope scope, long run, LocalDate asOf) {
    return db.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM (SELECT run_id FROM run WHERE run_id > :run UNION SELECT :still) x
                STRAIGHT_JOIN assessment a ON a.until_run = x.run_id AND a.recheck_on <= :asOf
                STRAIGHT_JOIN unit u ON u.unit_id = a.unit_id
              WHERE a.since_run <= :run AND u.programme_id = :programme)
            """)
        .param("run", run)
        .param("still", Run.STILL)
        .param("asOf", asOf)
        .param("programme", scope.programmeId())
        .query(Boolean.class)
        .single();
  }

  static void hand(Engine engine, Statistics known, List<UnitInput> units, EachAssessment each)
      throws Exception {
    var assessments = engine.explain(units, known);
    for (int i = 0; i < units.size(); i++) {
      each.unit(units.get(i).unit(), assessments.get(i));
    }
  }
}
